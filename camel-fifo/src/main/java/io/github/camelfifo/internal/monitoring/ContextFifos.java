package io.github.camelfifo.internal.monitoring;

import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;

/** Keeps the {@link FifosInUse} of each Camel context with the context: several components may share it. */
public final class ContextFifos {

    private ContextFifos() {}

    /** {@return what is in use in a context, by all components there} */
    public static FifosInUse of(CamelContext context) {
        ExtendedCamelContext plugins = context.getCamelContextExtension();
        synchronized (ContextFifos.class) {
            FifosInUse known = plugins.getContextPlugin(FifosInUse.class);
            if (known == null) {
                known = new FifosInUse(() -> OptionalMeters.find(context));
                plugins.addContextPlugin(FifosInUse.class, known);
            }
            return known;
        }
    }
}
