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
    /** What comes after so many characters of a session is counted by the reader only. */
    private static final int KEPT = 1 << 20;

    private final PipeReader reader;
    private final Intake intake;
    private final AtomicInteger runs = new AtomicInteger();
    /** Guarded by itself, like what follows. */
    private final List<String> sessions = new ArrayList<>();

    private final StringBuilder session = new StringBuilder();
    private int failures;

    ReadingTask(PipeEngine engine, Descriptor descriptor) {
        super(engine);
        reader = new PipeReader(engine, this, ReadingEnd.opened(descriptor), new RecordingListener());
        intake = new Taking(reader, 4096, false);
    }

    PipeReader reader() {
        return reader;
    }

    /** What was read in each session of writers that has ended. */
    List<String> sessions() {
        synchronized (sessions) {
            return List.copyOf(sessions);
        }
    }

    /** What was read since the last session ended. */
    String unended() {
        synchronized (sessions) {
            return session.toString();
        }
    }

    /** All that was read, whatever the session. */
    String all() {
        synchronized (sessions) {
            return String.join("", sessions) + session;
        }
    }

    int failures() {
        synchronized (sessions) {
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
            int count = intake.fill(worker, 4096);
            while (count != Intake.NOTHING_YET && !isClosing()) {
                note(count, intake.bytes());
                if (worker.shouldGiveWay()) {
                    return Outcome.AGAIN;
                }
                count = intake.fill(worker, 4096);
            }
            reader.arm();
        } catch (IOException e) {
            synchronized (sessions) {
                failures++;
            }
            Future<?> unused = scheduleLater(RETRY_MILLIS);
        }
        return Outcome.WAIT;
    }

    @Override
    protected void release() {
        reader.close();
    }

    private void note(int count, ByteBuffer bytes) {
        synchronized (sessions) {
            if (count == Intake.END_OF_SESSION) {
                sessions.add(session.toString());
                session.setLength(0);
            } else if (session.length() < KEPT) {
                session.append(StandardCharsets.ISO_8859_1.decode(bytes));
            }
        }
    }
}
