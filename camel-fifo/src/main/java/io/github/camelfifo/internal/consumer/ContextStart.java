package io.github.camelfifo.internal.consumer;

import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;

/**
 * Runs an action when its context has fully started, or at once if it has; consumers and the component add it to the
 * context. It runs its action only once, and then drops it: Camel keeps a listener as long as the context, which may
 * start many times with new consumers and a component that is initialised again, and they add new ones.
 */
public final class ContextStart implements StartupListener {

    private volatile Runnable whenStarted;

    /** Will run the action, unless {@link #forget} is called before. */
    public ContextStart(Runnable whenStarted) {
        this.whenStarted = whenStarted;
    }

    /** Drops the action, because whoever waits for the start has stopped. */
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
