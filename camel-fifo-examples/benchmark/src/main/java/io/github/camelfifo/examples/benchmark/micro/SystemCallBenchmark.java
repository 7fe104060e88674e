package io.github.camelfifo.examples.benchmark.micro;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the system calls on a pipe cost, made from Java, with an 80-byte line. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SystemCallBenchmark {

    private static final int LINE = 80;
    private static final int FOR_THIS_USER = 0600;
    private static final long ID = 1;

    private final Posix posix = Posix.system();
    private final ByteBuffer line = ByteBuffer.allocate(LINE);
    private final ByteBuffer directLine = ByteBuffer.allocateDirect(LINE);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private final Epoll.Event event = new Epoll.Event();
    private Path path;
    private Descriptor reading;
    private Descriptor writing;
    private Epoll epoll;

    /** For JMH. */
    public SystemCallBenchmark() {}

    /**
     * Makes a pipe, opens both ends, and has it watched.
     *
     * @throws IOException when that fails
     */
    @Setup
    public void setUp() throws IOException {
        Path parent = Files.createTempDirectory("camel-fifo-benchmark-");
        path = parent.resolve("fifo");
        try (Folder folder = posix.openFolder(parent.toString())) {
            folder.mkfifo("fifo", FOR_THIS_USER);
        }
        try (Descriptor found = posix.openPath(path.toString())) {
            reading = posix.reopenForReading(found);
            writing = posix.reopenForWriting(found);
        }
        epoll = posix.epoll();
        epoll.add(reading, Epoll.IN | Epoll.ONE_SHOT, ID);
    }

    /**
     * Removes it.
     *
     * @throws IOException when that fails
     */
    @TearDown(Level.Trial)
    public void tearDown() throws IOException {
        epoll.close();
        writing.close();
        reading.close();
        Files.delete(path);
        Files.delete(path.getParent());
    }

    /**
     * A line into the pipe from an array and out of it: two calls.
     *
     * @return how many bytes
     * @throws IOException when that fails
     */
    @Benchmark
    public int writeAndRead() throws IOException {
        posix.write(writing, line.clear());
        return posix.read(reading, buffer.clear());
    }

    /**
     * The same, from a direct buffer.
     *
     * @return how many bytes
     * @throws IOException when that fails
     */
    @Benchmark
    public int writeDirectAndRead() throws IOException {
        posix.write(writing, directLine.clear());
        return posix.read(reading, buffer.clear());
    }

    /**
     * A reading call that finds nothing.
     *
     * @return how many bytes: none
     * @throws IOException when that fails
     */
    @Benchmark
    public int readNothing() throws IOException {
        return posix.read(reading, buffer.clear());
    }

    /**
     * A line's whole way with an engine around it: written, waited for, read, read to the end, armed again.
     *
     * @return how many bytes
     * @throws IOException when that fails
     */
    @Benchmark
    public int epollRound() throws IOException {
        posix.write(writing, line.clear());
        boolean unused = epoll.await(event, -1);
        int count = posix.read(reading, buffer.clear());
        posix.read(reading, buffer.clear());
        epoll.arm(reading, Epoll.IN | Epoll.ONE_SHOT, ID);
        return count;
    }
}
