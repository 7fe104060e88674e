package io.github.camelfifo;

import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.support.DefaultConsumer;

/**
 * The route of a consumer that another consumer has made for its own route, as {@code master:} does. Camel does not tell the
 * inner one of the route, but both have its processor.
 */
final class Wrapper {

    private final FifoConsumer inner;

    Wrapper(FifoConsumer inner) {
        this.inner = inner;
    }

    /** Whether there is a route, and this consumer is not its own one. */
    boolean isThere() {
        return inner.getRoute() == null && route() != null;
    }

    /** The id of the route, be it the consumer's own; null where there is none. */
    String routeId() {
        Route route = inner.getRoute() == null ? route() : inner.getRoute();
        return route == null ? inner.getRouteId() : route.getRouteId();
    }

    /** From now on the health of the outer consumer is that of the inner one. */
    void show(HealthCheck healthCheck) {
        if (outer() instanceof HealthCheckAware outer && outer.getHealthCheck() == null) {
            outer.setHealthCheck(healthCheck);
        }
    }

    /** Takes {@link #show} back. */
    void hide(HealthCheck healthCheck) {
        if (outer() instanceof HealthCheckAware outer && outer.getHealthCheck() == healthCheck) {
            outer.setHealthCheck(null);
        }
    }

    private Consumer outer() {
        Route route = inner.getRoute() == null ? route() : null;
        return route == null ? null : route.getConsumer();
    }

    private Route route() {
        return inner.getEndpoint().getCamelContext().getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof DefaultConsumer outer
                        && Objects.equals(outer.getProcessor(), inner.getProcessor()))
                .findFirst()
                .orElse(null);
    }
}
