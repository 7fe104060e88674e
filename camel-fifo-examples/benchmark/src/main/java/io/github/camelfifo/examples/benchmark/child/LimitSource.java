package io.github.camelfifo.examples.benchmark.child;

import java.util.concurrent.SynchronousQueue;

/** Message bodies that are there already, and how many of them a {@link LimitConsumer} is to deliver. */
final class LimitSource {

    private final Object[] bodies;
    private final SynchronousQueue<Long> orders = new SynchronousQueue<>();
    private final SynchronousQueue<Long> done = new SynchronousQueue<>();

    LimitSource(Object[] bodies) {
        this.bodies = bodies;
    }

    /** Has so many delivered, over and over from the first one, and waits for that. */
    void deliver(long count) throws InterruptedException {
        orders.put(count);
        long delivered = done.take();
        if (delivered != count) {
            throw new IllegalStateException("Only " + delivered + " of " + count + " were delivered");
        }
    }

    Object[] bodies() {
        return bodies;
    }

    /** For the consumer: how many. */
    long takeOrder() throws InterruptedException {
        return orders.take();
    }

    void delivered(long count) throws InterruptedException {
        done.put(count);
    }
}
