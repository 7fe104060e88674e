package io.github.camelfifo.internal.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the route that a consumer feeds, for that consumer. An outer consumer such as {@code master:} may have made the
 * inner one: then Camel does not tell the inner one its route, but both have the route's processor.
 */
public final class ConsumerRoute {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumerRoute.class);

    private final DefaultConsumer inner;

    /** Looks for the consumer's route at each question. */
    public ConsumerRoute(DefaultConsumer inner) {
        this.inner = inner;
    }

    /** From now on the outer consumer has the health of the inner one. */
    public void show(HealthCheck healthCheck) {
        if (outer() instanceof HealthCheckAware outer && outer.getHealthCheck() == null) {
            outer.setHealthCheck(healthCheck);
        }
    }

    /** Takes {@link #show} back. */
    public void hide(HealthCheck healthCheck) {
        if (outer() instanceof HealthCheckAware outer && outer.getHealthCheck() == healthCheck) {
            outer.setHealthCheck(null);
        }
    }

    /** Says who consumes, for people: the process, the host, the context and the route. */
    public String describe() {
        Route route = inner.getRoute() == null ? outerRoute() : inner.getRoute();
        return "process " + ProcessHandle.current().pid() + " on " + host() + ", context "
                + context().getName() + ", route " + (route == null ? inner.getRouteId() : route.getRouteId());
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "an unknown host";
        }
    }

    /** How many exchanges Camel counts in the consumer's own route. */
    public int inflightExchanges() {
        String routeId = inner.getRouteId();
        return routeId == null ? 0 : context().getInflightRepository().size(routeId);
    }

    /**
     * Stops the route because the last writer has closed. Does not wait, because a worker calls it and the stop waits
     * for that worker.
     *
     * @param path of the FIFO
     */
    public void stop(String path) {
        Route route = inner.getRoute() == null ? outerRoute() : inner.getRoute();
        String routeId = route == null ? inner.getRouteId() : route.getRouteId();
        if (routeId == null) {
            return;
        }
        LOG.info("The last writer of {} has closed: stopping the route {}", path, routeId);
        ExecutorServiceManager executors = context().getExecutorServiceManager();
        ExecutorService executor = executors.newSingleThreadExecutor(this, "fifo stopOnEof " + routeId);
        executor.execute(() -> stopNow(routeId));
        // the thread ends after the stop
        executors.shutdown(executor);
    }

    private void stopNow(String routeId) {
        try {
            context().getRouteController().stopRoute(routeId);
        } catch (Exception e) {
            inner.getExceptionHandler().handleException("Cannot stop the route " + routeId, e);
        }
    }

    private Consumer outer() {
        Route route = inner.getRoute() == null ? outerRoute() : null;
        return route == null ? null : route.getConsumer();
    }

    private Route outerRoute() {
        return context().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof DefaultConsumer outer
                        && Objects.equals(outer.getProcessor(), inner.getProcessor()))
                .findFirst()
                .orElse(null);
    }

    private CamelContext context() {
        return inner.getEndpoint().getCamelContext();
    }
}
