package io.github.camelfifo.examples.benchmark.child;

import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;

/**
 * The main class of a JVM of which it is measured how long it takes to be ready: until the context has started, or until
 * the first line from a pipe is in the route.
 */
public final class Ready {

    private Ready() {}

    /**
     * Starts a context, says {@code ready}, and ends.
     *
     * @param  args      the URI to consume from; a {@code fifo:} whose writer waits already, or a {@code direct:}
     * @throws Exception when the context cannot be started
     */
    public static void main(String[] args) throws Exception {
        String uri = args[0];
        CountDownLatch first = new CountDownLatch(uri.startsWith("direct:") ? 0 : 1);
        long start = System.nanoTime();
        CamelContext camel = Routes.start(uri, exchange -> first.countDown());
        first.await();
        System.out.println("ready " + (System.nanoTime() - start) / 1e6);
        System.out.flush();
        camel.stop();
    }
}
