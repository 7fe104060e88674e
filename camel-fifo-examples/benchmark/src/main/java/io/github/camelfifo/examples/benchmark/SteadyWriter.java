package io.github.camelfifo.examples.benchmark;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A thread that writes a line into a pipe each millisecond, whoever reads it. */
final class SteadyWriter implements Writers {

    private static final byte[] LINE =
            "2026-01-01T00:00:00.000Z INFO  shop.Order  order 4711 accepted\n".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream pipe;
    private final Thread thread = new Thread(this::run, "steady writer");
    private volatile boolean ends;
    private volatile IOException failure;

    /** Blocks until somebody has the pipe open for reading. */
    SteadyWriter(Fifo fifo) throws IOException {
        pipe = new FileOutputStream(fifo.path().toFile());
    }

    @Override
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void awaitEnd() throws IOException, InterruptedException {
        ends = true;
        thread.join();
        throwFailure();
    }

    @Override
    public void close() throws IOException {
        ends = true;
        pipe.close();
        throwFailure();
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException("The writer could not go on: " + failure.getMessage(), failure);
        }
    }

    private void run() {
        try {
            while (!ends) {
                pipe.write(LINE);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
        } catch (IOException e) {
            failure = e;
        }
    }
}
