package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Figure;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Meters in the application's Micrometer registry, one for each figure and path. Micrometer reads them when it needs their
 * values, so a message costs nothing more. No other class of ours knows Micrometer: this one is loaded only where Micrometer
 * is on the class path, see {@link OptionalMeters}.
 *
 * <p>
 * The names are those of Camel's own meters in style: {@code camel}, then the component, then the figure, in lower case and
 * with dots. The base unit is given only where the name does not say it: Prometheus adds it to the name.
 */
final class MicrometerMeters implements Meters {

    private static final Logger LOG = LoggerFactory.getLogger(MicrometerMeters.class);

    private static final String PREFIX = "camel.fifo.";
    /** The bean under which Camel's own components look for the registry first. */
    private static final String REGISTRY_BEAN = "metricsRegistry";
    /** Also a tag of each of Camel's own meters. */
    private static final String CONTEXT_TAG = "camelContext";

    private static final String PATH_TAG = "path";

    private final MeterRegistry registry;
    private final String contextName;
    private final AtomicBoolean warned = new AtomicBoolean();

    private MicrometerMeters(MeterRegistry registry, String contextName) {
        this.registry = registry;
        this.contextName = contextName;
    }

    /** Meters in the registry that Camel's own components would take; null when the application has none. */
    static Meters find(CamelContext context) {
        Registry beans = context.getRegistry();
        MeterRegistry found = beans.lookupByNameAndType(REGISTRY_BEAN, MeterRegistry.class);
        if (found == null) {
            found = single(beans.findByType(CompositeMeterRegistry.class));
        }
        if (found == null) {
            found = single(beans.findByType(MeterRegistry.class));
        }
        return found == null ? null : new MicrometerMeters(found, context.getName());
    }

    private static MeterRegistry single(Set<? extends MeterRegistry> found) {
        return found.size() == 1 ? found.iterator().next() : null;
    }

    @Override
    public Runnable show(FifoInUse fifo) {
        List<Meter> meters = new ArrayList<>();
        try {
            register(fifo, meters);
        } catch (RuntimeException e) {
            // the registry may refuse a meter, and then that of each FIFO; one that is not measured works on
            if (warned.compareAndSet(false, true)) {
                LOG.warn(
                        "Not all figures of {} can be measured; the same of other FIFOs is not logged", fifo.path(), e);
            }
        }
        return () -> remove(fifo, meters);
    }

    private void remove(FifoInUse fifo, List<Meter> meters) {
        RuntimeException failure = null;
        for (Meter meter : meters) {
            try {
                registry.remove(meter);
            } catch (RuntimeException e) {
                // whoever listens to the registry has failed; the others go, and the FIFO has to be closed all the same
                failure = e;
            }
        }
        if (failure != null) {
            LOG.warn("Cannot remove the meters of {}", fifo.path(), failure);
        }
    }

    private void register(FifoInUse fifo, List<Meter> meters) {
        Tags tags = Tags.of(CONTEXT_TAG, contextName, PATH_TAG, fifo.path());
        meters.add(Gauge.builder(PREFIX + "state", fifo, shown -> shown.state().number())
                .description("What the consumer does: 0 stopped, 1 flowing, 2 suspended, 3 standby, 4 lost")
                .tags(tags)
                .register(registry));
        if (fifo.roles().contains(Role.FOLDER)) {
            // each of its FIFOs has its own, and a sum over all paths counts nothing twice
            return;
        }
        for (Figure figure : Figure.values()) {
            meters.add(meter(fifo, figure, tags));
        }
        meters.add(TimeGauge.builder(PREFIX + "last.error", fifo, TimeUnit.MILLISECONDS, shown ->
                        (double) shown.failure().millis())
                .description("When the last failure was, since 1970; 0 for none")
                .tags(tags)
                .register(registry));
    }

    private Meter meter(FifoInUse fifo, Figure figure, Tags tags) {
        String name = name(figure);
        String unit = name.contains(figure.unit()) ? null : figure.unit();
        if (figure.isCounter()) {
            return FunctionCounter.builder(name, fifo, shown -> (double) shown.value(figure))
                    .description(figure.description())
                    .baseUnit(unit)
                    .tags(tags)
                    .register(registry);
        }
        return Gauge.builder(name, fifo, shown -> gauge(shown.value(figure)))
                .description(figure.description())
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
    }

    /** Micrometer leaves out what is not a number. */
    private static double gauge(long value) {
        return value < 0 ? Double.NaN : value;
    }

    /** {@code bytesIn} is {@code camel.fifo.bytes.in}. */
    static String name(Figure figure) {
        return PREFIX + figure.key().replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
    }
}
