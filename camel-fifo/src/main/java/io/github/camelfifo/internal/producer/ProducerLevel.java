package io.github.camelfifo.internal.producer;

import org.apache.camel.Endpoint;
import org.slf4j.event.Level;

/**
 * The log level at which an endpoint's producers report their start and end; {@link BodyWriter} asks when one starts
 * for the first time. Producers that Camel makes for a single message, as {@code toD} and {@code recipientList} do
 * without a cache, would log two lines for each message. Nothing marks them, but they start while no route does, and
 * their endpoint is not kept or had a producer before. Thread-safe.
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
        boolean ofRoute = KeptEndpoint.isStartingRoutes(endpoint.getCamelContext());
        return ofRoute || (isFirst && KeptEndpoint.isKept(endpoint)) ? Level.INFO : Level.DEBUG;
    }

    private synchronized boolean isFirst() {
        boolean first = !hadProducer;
        hadProducer = true;
        return first;
    }
}
