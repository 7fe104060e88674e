package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs the tasks of the pipes that are ready: any number of pipes on a few threads. {@link Pipes} has one.
 *
 * <p>
 * All workers wait on one epoll set and take one event at a time; the worker that the kernel wakes for a pipe does all
 * the work on it, without a hand-over. Tasks that have work while their descriptors are silent stand in a run queue,
 * and an eventfd in the same epoll set wakes a worker for them. One worker always waits, so that a slow task delays no
 * other; see {@link WorkerPool}. Tasks that may wait take a limited number of workers, and one worker is always left
 * for the others; see {@link UserWork}.
 *
 * <p>
 * Thread-safe. Nothing is opened and no thread runs before the first watch.
 */
public final class PipeEngine implements AutoCloseable {

    private static final long STOP = 0;
    private static final long RUN_QUEUE = 1;
    private static final long TIMER_IDLE_SECONDS = 10;
    private static final long WAKING_PAUSE_MILLIS = 100;
    private static final int STOP_ATTEMPTS = 50;
    private static final long STOP_PAUSE_MILLIS = 10;

    private final Posix posix;
    private final Epoll epoll;
    private final Descriptor stop;
    private final Descriptor queued;
    final WorkerPool workers;
    private final UserWork userWork;
    private final ScheduledThreadPoolExecutor timer;
    private final AcknowledgeTimer acknowledgeTimer;
    private final Consumer<Throwable> errorHandler;
    private final Map<Long, Watch> watches = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong(RUN_QUEUE);
    /** Null until the first question. */
    private volatile Boolean eventForEachWrite;

    private final Queue<Job> runQueue = new ConcurrentLinkedQueue<>();
    /** Whether waking a worker has failed and will be tried again. */
    private final AtomicBoolean wakingFails = new AtomicBoolean();

    /**
     * Opens the epoll set; threads start with the first watch.
     *
     * @param  posix          the system calls
     * @param  threads        makes the workers and the timer's thread, which must be platform threads because they
     *     block in native code
     * @param  maxWorkers     the most threads at once for tasks that are not brief, 1 or more; there is one thread more
     * @param  errorHandler   gets the exceptions of tasks
     * @throws ErrnoException when there are no descriptors left for the epoll set
     */
    public PipeEngine(Posix posix, ThreadFactory threads, int maxWorkers, Consumer<Throwable> errorHandler)
            throws ErrnoException {
        this.posix = posix;
        this.errorHandler = errorHandler;
        this.timer = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(TIMER_IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        this.acknowledgeTimer = new AcknowledgeTimer(timer, errorHandler);
        this.epoll = posix.epoll();
        try {
            this.stop = posix.eventfd();
            this.queued = posix.eventfd();
            epoll.add(stop, Epoll.IN, STOP);
            // edge-triggered: each post wakes one worker, and nobody has to read it
            epoll.add(queued, Epoll.IN | Epoll.EDGE_TRIGGERED, RUN_QUEUE);
        } catch (ErrnoException e) {
            closeDescriptors();
            throw e;
        }
        this.userWork = new UserWork(maxWorkers, new SpareThreads(threads, timer), this::enqueue, errorHandler);
        this.workers = new WorkerPool(threads, maxWorkers + 1, new EventLoop(), this::closeDescriptors, errorHandler);
    }

    /**
     * Runs an action soon on another thread, because the caller must not run it. The action may run the user's code.
     *
     * @param action what to do
     */
    public void execute(Runnable action) {
        enqueue(new Job() {
            @Override
            protected boolean isBrief() {
                return true;
            }

            @Override
            void runFromQueue(Worker worker) {
                try {
                    userWork.carryOn(action);
                } catch (Throwable e) {
                    // there was no thread for it
                    report(e);
                    Future<?> unused = later(() -> enqueue(this), WAKING_PAUSE_MILLIS);
                } finally {
                    // an interrupt was for this action, not for the next job on this thread
                    Thread.interrupted();
                }
            }
        });
    }

    /** {@return a worker's memory for a thread that is no worker; to be closed} */
    public Worker memory() {
        return new Worker(posix, () -> true);
    }

    /**
     * Runs an action later, on the timer's thread; it must be short and must not wait.
     *
     * @param action      what to do
     * @param delayMillis the delay
     * @return a future to cancel it
     */
    public ScheduledFuture<?> later(Runnable action, long delayMillis) {
        return timer.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Ends all threads and closes the epoll set; to be called once, after all tasks are closed. Waits for the threads,
     * and interrupts those that do not come back. A calling worker ends after its task.
     */
    @Override
    public void close() {
        userWork.close();
        timer.shutdownNow();
        workers.stop(this::wakeForStop);
        workers.awaitStop();
    }

    Posix posix() {
        return posix;
    }

    UserWork userWork() {
        return userWork;
    }

    AcknowledgeTimer acknowledgeTimer() {
        return acknowledgeTimer;
    }

    /** Watches nothing before the watch is armed; to be cancelled before the descriptor is closed. */
    Watch watch(Job job, Descriptor descriptor) {
        long id = lastId.incrementAndGet();
        Watch watch = new Watch(epoll, job, descriptor, id);
        watches.put(id, watch);
        workers.ensureOne();
        return watch;
    }

    /** Ends a watch. A failure is reported, and leaves only a silent entry in the epoll set. */
    void cancel(Watch watch) {
        watches.remove(watch.id());
        try {
            watch.remove();
        } catch (ErrnoException e) {
            report(e);
        }
    }

    void enqueue(Job job) {
        runQueue.add(job);
        wakeForQueue();
        workers.ensureOne();
    }

    /** Whether a readable pipe that is watched edge-triggered has an event for each further write; tried once. */
    boolean hasEventForEachWrite() throws ErrnoException {
        Boolean known = eventForEachWrite;
        if (known == null) {
            known = WriteEvents.cameForEachWrite(posix);
            eventForEachWrite = known;
        }
        return known;
    }

    void report(Throwable failure) {
        errorHandler.accept(failure);
    }

    /** Wakes a worker. A failure is tried again, because nobody else would run the queue. */
    private void wakeForQueue() {
        try {
            posix.post(queued);
            wakingFails.set(false);
        } catch (ErrnoException e) {
            if (wakingFails.compareAndSet(false, true)) {
                report(e);
                Future<?> unused = later(
                        () -> {
                            wakingFails.set(false);
                            wakeForQueue();
                        },
                        WAKING_PAUSE_MILLIS);
            }
        }
    }

    private void wakeForStop() {
        ErrnoException failure = null;
        for (int attempt = 0; attempt < STOP_ATTEMPTS; attempt++) {
            try {
                // never read, so that every worker sees it
                posix.post(stop);
                return;
            } catch (ErrnoException e) {
                failure = e;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(STOP_PAUSE_MILLIS));
            }
        }
        report(failure);
    }

    private void closeDescriptors() {
        epoll.close();
        // null when opening one failed
        Stream.of(stop, queued).filter(Objects::nonNull).forEach(Descriptor::close);
    }

    private final class EventLoop implements WorkerPool.Duty {

        @Override
        public Worker worker(BooleanSupplier othersWait) {
            Worker worker = new Worker(posix, () -> othersWait.getAsBoolean() && !userWork.isAwaited());
            userWork.begins(worker);
            return worker;
        }

        @Override
        public boolean await(Worker worker, int timeoutMillis) throws ErrnoException {
            return epoll.await(worker.event(), timeoutMillis);
        }

        @Override
        public void perform(Worker worker) {
            long id = worker.event().id();
            if (id == RUN_QUEUE) {
                runQueued(worker);
            } else if (id != STOP) {
                Watch watch = watches.get(id);
                if (watch != null) {
                    userWork.runAfterEvent(worker, watch.fired());
                }
            }
        }

        private void runQueued(Worker worker) {
            Job job = runQueue.poll();
            if (!runQueue.isEmpty()) {
                // several jobs that were queued at once may have made one event
                wakeForQueue();
            }
            if (job != null) {
                userWork.runFromQueue(worker, job);
            }
        }
    }
}
