package io.github.camelfifo.crash;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.Assertions;

/**
 * Writes numbered frames into a FIFO for as long as it is let, as fast as they are read, in pieces that cut frames anywhere.
 * It keeps a reading and a writing end open, so that the pipe outlives its readers, and never reads.
 */
final class FrameWriter {

    private static final int LONGEST_PIECE = 5_000;
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(300);

    private final Posix posix = Posix.system();
    private final Descriptor reading;
    private final Descriptor writing;
    private final Shape shape;
    private final Random random;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Thread thread = new Thread(this::run, "writer");
    private volatile boolean ended;
    private volatile Throwable failure;
    /** The writer's; anybody's when it has ended. */
    private long last;

    FrameWriter(Path fifo, Shape shape, long seed) throws ErrnoException {
        this.shape = shape;
        this.random = new Random(seed);
        try (Descriptor path = posix.openPath(fifo.toString())) {
            reading = posix.reopenForReading(path);
            writing = posix.reopenForWriting(path);
        }
        thread.start();
    }

    /** Has it end after the frame in work. */
    void ending() {
        ended = true;
    }

    /** Waits until it has ended, and gives the number of its last frame. */
    long end() throws InterruptedException {
        ending();
        thread.join();
        Assertions.assertThat(failure).isNull();
        return last;
    }

    void close() throws InterruptedException {
        ending();
        thread.interrupt();
        thread.join();
        writing.close();
        reading.close();
    }

    private void run() {
        try {
            while (!ended) {
                fill();
                write(1 + random.nextInt(LONGEST_PIECE));
            }
            while (buffer.position() > 0) {
                write(buffer.position());
            }
        } catch (ErrnoException | RuntimeException e) {
            failure = e;
        }
    }

    /** Adds frames until there are enough for a piece. */
    private void fill() {
        while (buffer.position() < LONGEST_PIECE) {
            buffer.put(shape.frame(last + 1, random));
            last++;
        }
    }

    /** Writes so many bytes, or all that there are. */
    private void write(int count) throws ErrnoException {
        buffer.flip();
        int all = buffer.limit();
        buffer.limit(Math.min(count, all));
        while (buffer.hasRemaining() && !Thread.currentThread().isInterrupted()) {
            if (posix.write(writing, buffer) == Posix.WOULD_BLOCK) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        buffer.limit(Thread.currentThread().isInterrupted() ? buffer.position() : all);
        buffer.compact();
    }
}
