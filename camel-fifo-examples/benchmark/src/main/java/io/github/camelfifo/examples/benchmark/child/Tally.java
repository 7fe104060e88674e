package io.github.camelfifo.examples.benchmark.child;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Counts what comes through a route, and does nothing else. Called by one thread at a time; another one waits until so much
 * has come.
 */
abstract class Tally implements Processor {

    private long count;
    private volatile long target = Long.MAX_VALUE;
    private volatile CountDownLatch reached = new CountDownLatch(1);

    /** What to count: {@code lines}, {@code lists}, {@code bytes}, or {@code headers}, which asks for one of each line. */
    static Tally of(String what) {
        return switch (what) {
            case "lines" -> new Lines();
            case "headers" -> new Headers();
            case "lists" -> new Lists();
            case "bytes" -> new Bytes();
            default -> throw new IllegalArgumentException(what);
        };
    }

    /** Before anything comes: what is to be waited for. */
    void expect(long more) {
        reached = new CountDownLatch(1);
        target = count + more;
    }

    void await() throws InterruptedException {
        reached.await();
    }

    final void add(long more) {
        count += more;
        if (count >= target) {
            target = Long.MAX_VALUE;
            reached.countDown();
        }
    }

    private static final class Lines extends Tally {
        @Override
        public void process(Exchange exchange) {
            add(1);
        }
    }

    private static final class Headers extends Tally {
        @Override
        public void process(Exchange exchange) {
            if (exchange.getMessage().getHeader(LimitMessage.SEQUENCE) == null) {
                throw new IllegalStateException("No header");
            }
            add(1);
        }
    }

    private static final class Lists extends Tally {
        @Override
        public void process(Exchange exchange) {
            add(((List<?>) exchange.getMessage().getBody()).size());
        }
    }

    private static final class Bytes extends Tally {
        @Override
        public void process(Exchange exchange) {
            add(((byte[]) exchange.getMessage().getBody()).length);
        }
    }
}
