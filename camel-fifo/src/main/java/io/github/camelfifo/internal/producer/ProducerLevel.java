package io.github.camelfifo.internal.producer;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.NormalizedUri;
import org.slf4j.event.Level;

/**
 * The log level at which an endpoint's producers report their start and end; {@link BodyWriter} asks when one starts
 * for the first time. Producers that Camel makes for a single message, as {@code toD} and {@code recipientList} do
 * without a cache, would log two lines for each message. Nothing marks them, but they start while no route does, and
 * their endpoint is not in Camel's registry or had a producer before. Thread-safe.
 */
public final class ProducerLevel {

    private final Endpoint endpoint;
    private boolean hadProducer;

    /** For the producers of an endpoint. */
    public ProducerLevel(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** {@return the level of a producer that starts for the first time} */
    public Level ofNext() {
        boolean isFirst = isFirst();
        CamelContext context = endpoint.getCamelContext();
        boolean ofRoute = context.getCamelContextExtension().isSetupRoutes()
                || context.getRouteController().isStartingRoutes();
        return ofRoute || (isFirst && isKept(context)) ? Level.INFO : Level.DEBUG;
    }

    private synchronized boolean isFirst() {
        boolean first = !hadProducer;
        hadProducer = true;
        return first;
    }

    /** Whether Camel has this endpoint, or a wrapper around it, in its registry, and so may use it again. */
    private boolean isKept(CamelContext context) {
        return context.getEndpointRegistry()
                .containsKey(NormalizedUri.newNormalizedUri(endpoint.getEndpointUri(), true));
    }
}
