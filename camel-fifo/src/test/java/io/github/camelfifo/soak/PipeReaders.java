package io.github.camelfifo.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.Future;

/** Reads a FIFO by one reader after the other, each of which may stop at any byte. Used by its lane's thread. */
final class PipeReaders {

    private static final int LARGEST_READ = 2_000;
    private static final int MOST_READS = 300;

    private final Posix posix = Posix.system();
    private final Soak soak;
    private final Path fifo;
    private final WireTexts stream;
    private final Random random;
    private final Path output;
    /** One of these, or none. */
    private Future<?> inJvm;

    private ShellProcess process;
    private long taken;
    private volatile boolean ending;

    PipeReaders(Soak soak, Path fifo, WireTexts stream, long seed) {
        this.soak = soak;
        this.fifo = fifo;
        this.stream = stream;
        this.random = new Random(seed);
        this.output = soak.folder().path(fifo.getFileName() + "-read");
    }

    boolean isReading() {
        return inJvm != null || process != null;
    }

    void beginInJvm() {
        if (!isReading()) {
            ending = false;
            int reads = 1 + random.nextInt(MOST_READS);
            int size = 1 + random.nextInt(LARGEST_READ);
            inJvm = soak.run(() -> read(reads, size));
        }
    }

    /** A script that reads the FIFO {@code $1} and appends to the file {@code $2} what it has read. */
    void beginProcess(String script) {
        if (!isReading()) {
            process = ShellProcess.sh(script, fifo, output);
        }
    }

    /** A process that waits in open(2) for a writer would not read what earlier writers have left. */
    void wakeProcess() throws Exception {
        if (process != null) {
            try (Descriptor path = posix.openPath(fifo.toString());
                    Descriptor writer = posix.reopenForWriting(path)) {
                assertThat(writer).as("a writing end, there is a reader").isNotNull();
            }
        }
    }

    private void read(int reads, int size) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(size);
        byte[] bytes = new byte[size];
        try (Descriptor path = posix.openPath(fifo.toString());
                Descriptor end = posix.reopenForReading(path)) {
            for (int i = 0; i < reads && !ending; ) {
                int count = posix.read(end, buffer.clear());
                if (count > 0) {
                    buffer.flip().get(bytes, 0, count);
                    stream.add(bytes, count);
                    i++;
                } else {
                    soak.pause();
                }
            }
        }
    }

    /** Takes what a process has read so far, and lets go of a reader that has ended. */
    void reap() throws Exception {
        if (inJvm != null && inJvm.isDone()) {
            inJvm.get();
            inJvm = null;
        }
        if (process != null) {
            boolean alive = process.isAlive();
            takeOutput();
            if (!alive) {
                endProcess();
            }
        }
    }

    /** To be called when nothing more comes. */
    void end() throws Exception {
        ending = true;
        if (process != null) {
            endProcess();
        }
        if (inJvm != null) {
            Future<?> last = inJvm;
            inJvm = null;
            last.get();
        }
    }

    private void endProcess() throws IOException {
        process.close();
        process = null;
        Files.deleteIfExists(output);
        taken = 0;
    }

    private void takeOutput() throws IOException {
        if (!Files.exists(output)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            byte[] fresh = new byte[(int) (file.length() - taken)];
            file.seek(taken);
            file.readFully(fresh);
            taken += fresh.length;
            stream.add(fresh, fresh.length);
        }
    }
}
