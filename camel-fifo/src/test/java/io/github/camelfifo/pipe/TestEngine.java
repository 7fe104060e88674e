package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Faults;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Engines for a test, over system calls with {@link Faults}; closed afterwards. A failure that reaches an engine's error
 * handler fails the test, unless the test takes it ({@link #takeErrors()}).
 */
final class TestEngine implements AfterEachCallback {

    private final Faults faults = new Faults();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<PipeEngine> engines = new CopyOnWriteArrayList<>();
    private final AtomicInteger threads = new AtomicInteger();

    Faults faults() {
        return faults;
    }

    /** A new engine, to be closed after the test if the test does not do it. */
    PipeEngine start(int maxWorkers) throws ErrnoException {
        PipeEngine engine = unmanaged(maxWorkers);
        engines.add(engine);
        return engine;
    }

    /** A new engine that the test itself closes. */
    PipeEngine unmanaged(int maxWorkers) throws ErrnoException {
        return new PipeEngine(faults.posix(), threadFactory(), maxWorkers, errors::add);
    }

    ThreadFactory threadFactory() {
        return task -> {
            Thread thread = new Thread(task, "fifo test #" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What has reached the error handlers. */
    List<Throwable> errors() {
        return errors;
    }

    /** What has reached the error handlers so far; it does not fail the test any more. */
    List<Throwable> takeErrors() {
        List<Throwable> taken = List.copyOf(errors);
        errors.removeAll(taken);
        return taken;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        faults.clear();
        engines.forEach(PipeEngine::close);
        assertThat(errors).as("what has reached the error handler").isEmpty();
    }
}
