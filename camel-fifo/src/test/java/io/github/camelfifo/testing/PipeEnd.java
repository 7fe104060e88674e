package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A reading or a writing end of a FIFO in the hands of a test. It never blocks for ever; it is used by one thread. */
public final class PipeEnd implements AutoCloseable {

    /** How much memory one takes, outside of the heap. */
    public static final int BUFFER_BYTES = 1 << 16;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Posix POSIX = Posix.system();

    private final Descriptor descriptor;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private PipeEnd(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens it for writing; it fails when nobody has it open for reading. */
    public static PipeEnd writing(Path fifo) throws ErrnoException {
        try (Descriptor path = POSIX.openPath(fifo.toString())) {
            return new PipeEnd(POSIX.reopenForWriting(path));
        }
    }

    /** Opens it for reading, whether or not somebody writes. */
    public static PipeEnd reading(Path fifo) throws ErrnoException {
        try (Descriptor path = POSIX.openPath(fifo.toString())) {
            return new PipeEnd(POSIX.reopenForReading(path));
        }
    }

    /** Writes it, in as many pieces as it takes. */
    public void write(String text) throws ErrnoException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes it, in as many pieces as it takes. */
    public void write(byte[] bytes) throws ErrnoException {
        for (int done = 0; done < bytes.length; ) {
            int count = writeSome(bytes, done);
            done += count;
            if (count == 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** One write(2) of up to 64 KB. Gives how much went, 0 when the pipe is full. */
    public int writeSome(byte[] bytes, int from) throws ErrnoException {
        buffer.clear().put(bytes, from, Math.min(bytes.length - from, buffer.capacity()));
        buffer.flip();
        return Math.max(0, POSIX.write(descriptor, buffer));
    }

    /** Fills the pipe to the brim, and gives how many bytes it took. */
    public int fill() throws ErrnoException {
        byte[] block = new byte[4096];
        int written = 0;
        for (int count = writeSome(block, 0); count > 0; count = writeSome(block, 0)) {
            written += count;
        }
        return written;
    }

    /** How many bytes are in the pipe. */
    public int unread() throws ErrnoException {
        return POSIX.available(descriptor);
    }

    /** Waits until so many bytes, or more, are in the pipe. */
    public void awaitUnread(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(unread()).isGreaterThanOrEqualTo(count));
    }

    /** Waits until all is read. */
    public void awaitEmpty() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(unread()).isZero());
    }

    /** Takes out what is there, at most so much. */
    public byte[] readSome(int atMost) throws ErrnoException {
        buffer.clear().limit(Math.min(atMost, buffer.capacity()));
        int count = POSIX.read(descriptor, buffer);
        byte[] bytes = new byte[Math.max(0, count)];
        buffer.rewind();
        buffer.get(bytes);
        return bytes;
    }

    /** Waits for exactly so many bytes, and takes them. */
    public byte[] read(int length) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(1)).until(() -> {
            byte[] some;
            do {
                some = readSome(length - all.size());
                all.write(some);
            } while (some.length > 0 && all.size() < length);
            return all.size() == length;
        });
        return all.toByteArray();
    }

    /** Waits for exactly this text, which is all there is. */
    public void expect(String text) throws IOException {
        byte[] expected = text.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(read(expected.length), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(unread()).as("bytes after that").isZero();
    }

    @Override
    public void close() {
        descriptor.close();
    }
}
