package io.github.camelfifo.testing;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The other ends of pipes, in this process: opened without waiting, and closed after each test where the test does not do
 * it. To be registered in an instance field with {@code @RegisterExtension}.
 */
public final class PipeEnds implements AfterEachCallback {

    private static final int ROOM = 1 << 20;

    private final Posix posix = Posix.system();
    private final List<Descriptor> open = new ArrayList<>();

    @Override
    public void afterEach(ExtensionContext context) {
        closeAll();
    }

    /** A reading end. */
    public Descriptor reader(Path fifo) throws ErrnoException {
        try (Descriptor found = posix.openPath(fifo.toString())) {
            return closedLater(posix.reopenForReading(found));
        }
    }

    /** A writing end; somebody must have the FIFO open for reading. */
    public Descriptor writer(Path fifo) throws ErrnoException {
        try (Descriptor found = posix.openPath(fifo.toString())) {
            return closedLater(posix.reopenForWriting(found));
        }
    }

    /** Has a descriptor closed after the test. */
    public synchronized Descriptor closedLater(Descriptor descriptor) {
        open.add(descriptor);
        return descriptor;
    }

    /** Opens the FIFO for writing, writes, and closes it again. */
    public void writeAndClose(Path fifo, String text) throws ErrnoException {
        try (Descriptor writer = writer(fifo)) {
            write(writer, text);
        }
    }

    /** Writes what there is room for, and gives how many bytes that were. */
    public int write(Descriptor writer, String text) throws ErrnoException {
        return posix.write(writer, bytes(text));
    }

    /** Writes so many bytes at most, and gives how many there was room for. */
    public int write(Descriptor writer, int count) throws ErrnoException {
        return posix.write(writer, ByteBuffer.allocateDirect(count));
    }

    /** Writes until there is no more room, so many bytes at a time, and gives how many bytes went in. */
    public int fill(Descriptor writer, int step) throws ErrnoException {
        int total = 0;
        for (int count = write(writer, step); count > 0; count = write(writer, step)) {
            total += count;
        }
        return total;
    }

    /** Reads all that there is now. */
    public String read(Descriptor reader) throws ErrnoException {
        StringBuilder text = new StringBuilder();
        for (String piece = read(reader, ROOM); !piece.isEmpty(); piece = read(reader, ROOM)) {
            text.append(piece);
        }
        return text.toString();
    }

    /** Reads once, at most so many bytes. */
    public String read(Descriptor reader, int limit) throws ErrnoException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(limit);
        posix.read(reader, buffer);
        return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
    }

    /** A direct buffer that holds a text. */
    public static ByteBuffer bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private synchronized void closeAll() {
        open.forEach(Descriptor::close);
        open.clear();
    }
}
