package io.github.camelfifo.examples.kafka;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Tells whoever started this JVM that its routes run. */
final class Started extends MainListenerSupport {

    /** The line that it says. */
    static final String READY = "ready";

    private Started() {}

    static void say(Main camel) {
        camel.addMainListener(new Started());
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        System.out.println(READY);
    }
}
