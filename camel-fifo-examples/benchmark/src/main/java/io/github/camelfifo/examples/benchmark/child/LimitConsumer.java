package io.github.camelfifo.examples.benchmark.child;

import java.util.concurrent.CountDownLatch;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;

/**
 * Makes exchanges in a loop on one thread, one at a time, of bodies that are there already: what Camel itself can do with a
 * route.
 */
final class LimitConsumer extends DefaultConsumer {

    private final LimitSource source;
    private Thread thread;
    private long sequence;

    LimitConsumer(Endpoint endpoint, Processor processor, LimitSource source) {
        super(endpoint, processor);
        this.source = source;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        thread = new Thread(this::run, "limit");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    protected void doStop() throws Exception {
        thread.interrupt();
        super.doStop();
    }

    private void run() {
        try {
            while (true) {
                long count = source.takeOrder();
                deliver(count);
                source.delivered(count);
            }
        } catch (InterruptedException e) {
            // stopped
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(long count) throws InterruptedException {
        AsyncProcessor route = getAsyncProcessor();
        Object[] bodies = source.bodies();
        int next = 0;
        for (long i = 0; i < count; i++) {
            Exchange exchange = createExchange(false);
            LimitMessage message = new LimitMessage(exchange, ++sequence);
            message.setBody(bodies[next]);
            exchange.setIn(message);
            next = next + 1 == bodies.length ? 0 : next + 1;
            Callback callback = new Callback();
            route.process(exchange, callback);
            callback.await();
            if (exchange.getException() != null) {
                getExceptionHandler().handleException(exchange.getException());
            }
            releaseExchange(exchange, false);
        }
    }

    /** Whether the route is done shows only here, for Camel's pipelines always return false. */
    private static final class Callback implements AsyncCallback {

        private final Thread thread = Thread.currentThread();
        private CountDownLatch elsewhere;
        private boolean done;

        @Override
        public void done(boolean doneSync) {
            if (Thread.currentThread() == thread) {
                done = true;
            } else {
                latch().countDown();
            }
        }

        void await() throws InterruptedException {
            if (!done) {
                latch().await();
            }
        }

        private synchronized CountDownLatch latch() {
            if (elsewhere == null) {
                elsewhere = new CountDownLatch(1);
            }
            return elsewhere;
        }
    }
}
