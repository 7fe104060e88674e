package io.github.camelfifo.internal.producer;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;

/**
 * Keeps the health check of an endpoint's producers in Camel's repository {@code producers}: from the start of the first
 * one to the stop of the last one. The producers tell it. Only for an endpoint that belongs to the routes, or that was
 * there before the context started. Camel makes others while messages flow, for {@code toD} and templates: as many as
 * there are URIs. Thread-safe.
 */
public final class ProducerHealth {

    private static final String REPOSITORY = "producers";

    private final Endpoint endpoint;
    private final Supplier<HealthCheck> checks;
    private final Set<Producer> started = Collections.newSetFromMap(new IdentityHashMap<>());
    /** Null while no check is there. */
    private Registration registration;

    /**
     * For the producers of an endpoint.
     *
     * @param checks makes the check
     */
    public ProducerHealth(Endpoint endpoint, Supplier<HealthCheck> checks) {
        this.endpoint = endpoint;
        this.checks = checks;
    }

    /** A producer has started. */
    public synchronized void started(Producer producer) {
        started.add(producer);
        if (registration == null && belongsToRoutes()) {
            registration = register();
        }
    }

    /** A producer stops. Camel also stops one whose start has failed, or that was never started. */
    public synchronized void stopped(Producer producer) {
        started.remove(producer);
        if (started.isEmpty() && registration != null) {
            registration.repository().removeHealthCheck(registration.check());
            registration = null;
        }
    }

    /** What a template has made first stays dynamic for Camel, also when a route uses it later. */
    private boolean belongsToRoutes() {
        CamelContext context = endpoint.getCamelContext();
        return context.getEndpointRegistry().isStatic(endpoint.getEndpointUri())
                || KeptEndpoint.isStartingRoutes(context);
    }

    /** Null when the application has no health checks. */
    private Registration register() {
        WritableHealthCheckRepository repository = HealthCheckHelper.getHealthCheckRepository(
                endpoint.getCamelContext(), REPOSITORY, WritableHealthCheckRepository.class);
        if (repository == null) {
            return null;
        }
        HealthCheck check = checks.get();
        repository.addHealthCheck(check);
        return new Registration(repository, check);
    }

    private record Registration(WritableHealthCheckRepository repository, HealthCheck check) {}
}
