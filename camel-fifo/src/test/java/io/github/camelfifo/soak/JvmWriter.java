package io.github.camelfifo.soak;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.Wire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** Opens a FIFO in this JVM, writes some frames, and closes it. */
final class JvmWriter {

    private static final int LONGEST_FILLER = 300;
    private static final Posix POSIX = Posix.system();

    private final Soak soak;
    private final Ledger ledger;
    private final Opening opening;
    private final Wire wire;
    private final Random random;

    /** Opens a writing end. */
    private interface Opening {
        Descriptor open() throws ErrnoException;
    }

    /** Writes into the FIFO at a path. */
    JvmWriter(Soak soak, Ledger ledger, Path fifo, Wire wire, Random random) {
        this(soak, ledger, () -> open(fifo), wire, random);
    }

    /** Writes into the FIFO of a descriptor, whatever its name is by now. */
    JvmWriter(Soak soak, Ledger ledger, Descriptor fifo, Wire wire, Random random) {
        this(soak, ledger, () -> POSIX.reopenForWriting(fifo), wire, random);
    }

    private JvmWriter(Soak soak, Ledger ledger, Opening opening, Wire wire, Random random) {
        this.soak = soak;
        this.ledger = ledger;
        this.opening = opening;
        this.wire = wire;
        this.random = random;
    }

    /** Frames, each with one write(2), or in pieces if nobody else writes. */
    void writeFrames(int count, boolean inPieces) throws ErrnoException {
        int writer = ledger.newWriter();
        try (Descriptor end = opening.open()) {
            for (int number = 1; number <= count; number++) {
                ByteBuffer frame = direct(wire.bytes(writer, number, random.nextInt(LONGEST_FILLER)));
                soak.wholeFrames().readLock().lock();
                try {
                    ledger.attempts(writer, number);
                    write(end, frame, inPieces);
                    ledger.hasWritten(writer, number);
                } finally {
                    soak.wholeFrames().readLock().unlock();
                }
            }
        } finally {
            ledger.hasEnded(writer);
        }
    }

    /** The beginning of a frame, as of a writer that dies in the middle of it. */
    void writeHalf() throws ErrnoException {
        try (Descriptor end = opening.open()) {
            String half = Ledger.half(ledger.newHalf());
            write(end, direct(half.getBytes(StandardCharsets.US_ASCII)), false);
        }
    }

    private static Descriptor open(Path fifo) throws ErrnoException {
        try (Descriptor path = POSIX.openPath(fifo.toString())) {
            return POSIX.reopenForWriting(path);
        }
    }

    private void write(Descriptor end, ByteBuffer frame, boolean inPieces) throws ErrnoException {
        int all = frame.limit();
        while (frame.position() < all) {
            frame.limit(inPieces ? frame.position() + 1 + random.nextInt(all - frame.position()) : all);
            boolean full = POSIX.write(end, frame) == Posix.WOULD_BLOCK;
            if (full || (inPieces && random.nextBoolean())) {
                soak.pause();
            }
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
