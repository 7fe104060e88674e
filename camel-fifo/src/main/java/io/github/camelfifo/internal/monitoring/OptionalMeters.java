package io.github.camelfifo.internal.monitoring;

import org.apache.camel.CamelContext;

/** Finds the application's meters. It works without Micrometer on the class path, and loads no class that needs it then. */
final class OptionalMeters {

    private static final boolean AVAILABLE = isAvailable();

    private OptionalMeters() {}

    /** {@return what shows FIFOs in the meters of the context's application; null when it has none} */
    static Meters find(CamelContext context) {
        return AVAILABLE ? MicrometerMeters.find(context) : null;
    }

    private static boolean isAvailable() {
        try {
            Class<?> unused = Class.forName(
                    "io.micrometer.core.instrument.MeterRegistry", false, OptionalMeters.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
