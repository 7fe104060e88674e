package io.github.camelfifo.soak;

import io.github.camelfifo.testing.FifoFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;

/** What the FIFOs of a soak share. Thread-safe. */
final class Soak {

    /** Of the threads that are not the component's. */
    static final String THREAD_NAME = "soak";

    private static final long SHORT_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final DefaultCamelContext context;
    private final FifoFolder folder;
    private final ExecutorService others = Executors.newCachedThreadPool(step -> new Thread(step, THREAD_NAME));
    private final ReadWriteLock wholeFrames = new ReentrantReadWriteLock();
    private final boolean hasPython =
            Stream.of(System.getenv("PATH").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, "python3")));
    private volatile boolean over;

    Soak(DefaultCamelContext context, FifoFolder folder) {
        this.context = context;
        this.folder = folder;
    }

    DefaultCamelContext context() {
        return context;
    }

    FifoFolder folder() {
        return folder;
    }

    boolean hasPython() {
        return hasPython;
    }

    /** Runs something on a thread of its own. */
    Future<?> run(Step step) {
        return others.submit(() -> {
            step.run();
            return null;
        });
    }

    /** Holding its read lock, writers are in the middle of a frame; with its write lock, nobody is. */
    ReadWriteLock wholeFrames() {
        return wholeFrames;
    }

    /** Waits a moment; for whoever finds a pipe full or empty. */
    void pause() {
        if (over) {
            throw new IllegalStateException("The soak is over");
        }
        LockSupport.parkNanos(SHORT_PAUSE_NANOS);
    }

    void close() throws InterruptedException {
        over = true;
        others.shutdownNow();
        boolean unused = others.awaitTermination(10, TimeUnit.SECONDS);
    }

    /** Something that is done. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }
}
