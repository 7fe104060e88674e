package io.github.camelfifo.internal.producer;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.InterceptSendToEndpoint;
import org.apache.camel.support.NormalizedUri;

/**
 * Tells an endpoint that Camel keeps from one that it makes for a single message, as {@code toD}, {@code recipientList}
 * and {@code pollEnrich} do without a cache.
 */
public final class KeptEndpoint {

    private KeptEndpoint() {}

    /** {@return whether Camel has this endpoint, or a wrapper around it, in its registry, and so may use it again} */
    public static boolean isKept(Endpoint endpoint) {
        Endpoint kept = endpoint.getCamelContext()
                .getEndpointRegistry()
                .get(NormalizedUri.newNormalizedUri(endpoint.getEndpointUri(), true));
        while (kept instanceof InterceptSendToEndpoint wrapper) {
            kept = wrapper.getOriginalEndpoint();
        }
        return kept == endpoint;
    }

    /** {@return whether the current thread makes or starts routes} */
    static boolean isStartingRoutes(CamelContext context) {
        return context.getCamelContextExtension().isSetupRoutes()
                || context.getRouteController().isStartingRoutes();
    }
}
