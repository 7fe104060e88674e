package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads whatever comes, as a consumer does, and writes down what a reader tells it. */
final class ReadingTask extends PipeTask {

    private static final long RETRY_MILLIS = 10;
    /** What comes after so many characters of a spell is counted by the reader only. */
    private static final int KEPT = 1 << 20;

    private final PipeReader reader;
    private final AtomicInteger runs = new AtomicInteger();
    /** Guarded by itself, like what follows. */
    private final List<String> spells = new ArrayList<>();

    private final StringBuilder spell = new StringBuilder();
    private int failures;

    ReadingTask(PipeEngine engine, Descriptor descriptor) {
        super(engine);
        reader = new PipeReader(engine, this, descriptor, false, new RecordingListener());
    }

    PipeReader reader() {
        return reader;
    }

    /** What was read in each spell of writers that has ended. */
    List<String> spells() {
        synchronized (spells) {
            return List.copyOf(spells);
        }
    }

    /** What was read since the last spell ended. */
    String unended() {
        synchronized (spells) {
            return spell.toString();
        }
    }

    /** All that was read, whatever the spell. */
    String all() {
        synchronized (spells) {
            return String.join("", spells) + spell;
        }
    }

    int failures() {
        synchronized (spells) {
            return failures;
        }
    }

    int runs() {
        return runs.get();
    }

    @Override
    protected Outcome work(Worker worker) {
        runs.incrementAndGet();
        try {
            ReadBuffer buffer = worker.buffer(4096);
            int count = buffer.fill(reader, buffer.capacity());
            while (count != PipeReader.NOTHING_YET && !isClosing()) {
                note(count, buffer.bytes());
                if (worker.shouldGiveWay()) {
                    return Outcome.AGAIN;
                }
                count = buffer.fill(reader, buffer.capacity());
            }
            reader.arm();
        } catch (IOException e) {
            synchronized (spells) {
                failures++;
            }
            Future<?> unused = engine().scheduleLater(this, RETRY_MILLIS);
        }
        return Outcome.WAIT;
    }

    @Override
    protected void release() {
        reader.close();
    }

    private void note(int count, ByteBuffer bytes) {
        synchronized (spells) {
            if (count == PipeReader.END_OF_SPELL) {
                spells.add(spell.toString());
                spell.setLength(0);
            } else if (spell.length() < KEPT) {
                spell.append(StandardCharsets.ISO_8859_1.decode(bytes));
            }
        }
    }
}
