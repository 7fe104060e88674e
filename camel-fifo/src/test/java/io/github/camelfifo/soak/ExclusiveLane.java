package io.github.camelfifo.soak;

import io.github.camelfifo.testing.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LoggingExceptionHandler;

/** Routes in two contexts that read one FIFO in turn: one reads, and the other stands by and takes over. */
final class ExclusiveLane extends Lane {

    private static final int MOST_WRITERS = 3;
    private static final int MOST_FRAMES = 200;

    private final Wire wire;
    private final String furtherOptions;
    private final Path fifo;
    private final DefaultCamelContext other = new DefaultCamelContext();

    ExclusiveLane(Soak soak, String name, long seed, Wire wire, String furtherOptions) {
        super(soak, name, seed);
        this.wire = wire;
        this.furtherOptions = furtherOptions;
        this.fifo = fifo("");
    }

    @Override
    void start() throws Exception {
        holdOpen(fifo);
        other.getShutdownStrategy().setTimeout(30);
        other.getRegistry().bind("quiet", new LoggingExceptionHandler(other, ExclusiveLane.class, LoggingLevel.OFF));
        soak.context().addRoutes(route());
        other.addRoutes(route());
        other.start();
    }

    private RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("fifo:" + fifo + "?exclusive=true&exceptionHandler=#quiet&" + wire.options() + furtherOptions)
                        .routeId(name())
                        .process(ExclusiveLane.this::receiveFrames);
            }
        };
    }

    @Override
    void event() throws Exception {
        reap();
        CamelContext one = random.nextBoolean() ? soak.context() : other;
        int event = random.nextInt(100);
        if (event < 50) {
            beginWriter();
        } else if (event < 80) {
            stopOrStart(one, name());
        } else if (event < 95) {
            suspendOrResume(one, name());
        } else {
            one.getRouteController().stopRoute(name());
            one.removeRoute(name());
            one.addRoutes(route());
        }
    }

    private void beginWriter() {
        if (inJvmCount() < MOST_WRITERS) {
            int count = random.nextInt(MOST_FRAMES);
            JvmWriter writer = new JvmWriter(soak, ledger, fifo, wire, new Random(random.nextLong()));
            run(() -> writer.writeFrames(count, false));
        }
    }

    @Override
    void allOn() throws Exception {
        for (CamelContext each : List.of(soak.context(), other)) {
            on(each, name());
        }
    }

    @Override
    void close() throws Exception {
        other.stop();
        super.close();
    }
}
