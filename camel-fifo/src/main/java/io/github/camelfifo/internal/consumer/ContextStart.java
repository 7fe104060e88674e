package io.github.camelfifo.internal.consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;

/**
 * Tells a consumer when its context has fully started. The consumer adds it to the context. Camel keeps a listener as
 * long as the context, which may start many times with a new consumer each time. So the listener drops its consumer.
 */
public final class ContextStart implements StartupListener {

    private volatile Runnable whenStarted;

    /** Will run the action once. */
    public ContextStart(Runnable whenStarted) {
        this.whenStarted = whenStarted;
    }

    /** The consumer has stopped: do not tell it. */
    public void forget() {
        whenStarted = null;
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        if (alreadyStarted) {
            tell();
        }
    }

    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        tell();
    }

    private void tell() {
        Runnable told = whenStarted;
        forget();
        if (told != null) {
            told.run();
        }
    }
}
