package io.github.camelfifo;

import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;

/**
 * Tells a consumer when its context has fully started. Camel keeps such a listener as long as it keeps the context, which
 * may be started many times with a new consumer each time; so this one lets go of its consumer, and is no more than itself.
 */
final class ContextStart implements StartupListener {

    private volatile FifoConsumer consumer;

    ContextStart(FifoConsumer consumer) {
        this.consumer = consumer;
    }

    /** The consumer has stopped and is not to be told. */
    void forget() {
        consumer = null;
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
        FifoConsumer told = consumer;
        forget();
        if (told != null) {
            told.contextHasStarted();
        }
    }
}
