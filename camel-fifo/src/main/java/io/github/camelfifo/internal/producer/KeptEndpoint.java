package io.github.camelfifo.internal.producer;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.NormalizedUri;

/**
 * Tells an endpoint that is used for longer from one that Camel makes for a single message, as {@code toD},
 * {@code recipientList} and {@code pollEnrich} do without a cache. Nothing marks these, but they are made while no route
 * starts, and Camel does not keep them.
 */
public final class KeptEndpoint {

    private KeptEndpoint() {}

    /** {@return whether a producer or consumer that is made now, by this thread, is made for longer} */
    public static boolean isUsedForLonger(Endpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        return isStartingRoutes(context) || !context.isStarted() || isKept(endpoint);
    }

    /** {@return whether Camel has an endpoint with this URI, or a wrapper around it, in its registry} */
    static boolean isKept(Endpoint endpoint) {
        CamelContext context = endpoint.getCamelContext();
        String uri = endpoint.getEndpointUri();
        // one that was made by a constructor has a URI that Camel has not normalized
        return context.getEndpointRegistry().containsKey(NormalizedUri.newNormalizedUri(uri, true))
                || context.hasEndpoint(uri) != null;
    }

    /** {@return whether the current thread makes or starts routes} */
    static boolean isStartingRoutes(CamelContext context) {
        return context.getCamelContextExtension().isSetupRoutes()
                || context.getRouteController().isStartingRoutes();
    }
}
