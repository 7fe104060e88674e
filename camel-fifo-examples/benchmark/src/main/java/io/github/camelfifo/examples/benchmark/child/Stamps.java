package io.github.camelfifo.examples.benchmark.child;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Writes lines that begin with the time, and takes down how long each was under way. The writer is a thread of this JVM;
 * the pipe does not know that. One thread at a time writes, one at a time calls {@link #arrived}.
 */
final class Stamps {

    private static final int DIGITS = 19;
    private static final long NO_STAMP = 0;
    private static final byte[] REST =
            " 2026-01-01T00:00:00.000Z INFO  shop.Order  order 4711 accepted\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream pipe;
    private final byte[] line = new byte[DIGITS + REST.length];
    private final Histogram histogram = new Histogram(3);
    private long missing;
    private CountDownLatch all = new CountDownLatch(0);

    /** Blocks until somebody has the pipe open for reading. */
    Stamps(String fifo) throws IOException {
        pipe = new FileOutputStream(fifo);
        System.arraycopy(REST, 0, line, DIGITS, REST.length);
    }

    /**
     * Writes lines and waits until they have arrived.
     *
     * @param burst so many at once
     * @param millis from one burst to the next
     */
    Map<String, Double> send(int burst, long millis, long lines) throws IOException, InterruptedException {
        histogram.reset();
        missing = lines;
        all = new CountDownLatch(1);
        long next = System.nanoTime();
        for (long sent = 0; sent < lines; sent += burst) {
            next += TimeUnit.MILLISECONDS.toNanos(millis);
            waitUntil(next);
            for (int i = 0; i < burst; i++) {
                write(System.nanoTime());
            }
        }
        // camel-stream gives a line on only when it has the next one
        write(NO_STAMP);
        all.await();
        return Map.of(
                "p50", micros(50),
                "p99", micros(99),
                "p99.9", micros(99.9),
                "max", histogram.getMaxValue() / 1e3);
    }

    /** A line has arrived. */
    void arrived(String line) {
        arrived(Long.parseLong(line, 0, DIGITS, 10));
    }

    void arrived(long stamp) {
        if (stamp == NO_STAMP) {
            return;
        }
        histogram.recordValue(System.nanoTime() - stamp);
        if (--missing == 0) {
            all.countDown();
        }
    }

    private double micros(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }

    private void write(long stamp) throws IOException {
        long rest = stamp;
        for (int i = DIGITS - 1; i >= 0; i--) {
            line[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        pipe.write(line);
    }

    private static void waitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
