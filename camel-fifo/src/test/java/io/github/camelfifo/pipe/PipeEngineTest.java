package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LeakCheck.class)
class PipeEngineTest {

    private static final long PATIENCE_MILLIS = 20_000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    // Opening

    @Test
    void hasNoThreadBeforeItIsUsed() throws Exception {
        PipeEngine engine = engines.start(4);

        assertThat(engine.workers.size()).isZero();
        assertThat(LeakCheck.ourThreads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"epoll_create1, 1", "eventfd, 1", "eventfd, 2", "epoll_ctl, 1", "epoll_ctl, 2"})
    void leavesNothingOpenWhenItCannotBeOpened(String call, int number) {
        int before = LeakCheck.openDescriptors().size();
        engines.faults().fail(call, number, Errno.EMFILE);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> engines.start(1))
                .matches(ErrnoException::isOutOfDescriptors)
                .withMessageStartingWith(call + " failed: ");
        assertThat(LeakCheck.openDescriptors()).hasSize(before);
    }

    // Threads

    @Test
    void startsWorkersWhenAllAreBusyAndAlwaysKeepsOneThatWaits() throws Exception {
        PipeEngine engine = engines.start(10);
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestTask> busy = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            busy.add(blocker(engine, goOn));
            int atLeast = i + 1;
            await().until(() -> engine.workers.size() >= atLeast);
        }
        assertThat(engine.workers.size()).isLessThanOrEqualTo(11);

        goOn.countDown();
        busy.forEach(PipeTask::close);
    }

    @Test
    void runsNoMoreTasksThatMayWaitThanAllowedAndKeepsOneWorkerMoreThanThat() throws Exception {
        PipeEngine engine = engines.start(3);
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestTask> busy = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            busy.add(blocker(engine, goOn));
        }
        TestTask late = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        late.schedule();
        await().during(Duration.ofMillis(50)).until(() -> engine.workers.size() == 4 && late.runs() == 0);

        goOn.countDown();

        await().until(() -> late.runs() == 1);
        busy.forEach(PipeTask::close);
        late.close();
    }

    @Test
    void manySlowTasksDoNotDelayAnother() throws Exception {
        PipeEngine engine = engines.start(32);
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestTask> slow = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            slow.add(blocker(engine, goOn));
        }
        TestTask quick = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        for (int i = 1; i <= 1000; i++) {
            int runs = i;
            quick.schedule();
            await().until(() -> quick.runs() == runs);
        }
        goOn.countDown();
        slow.forEach(PipeTask::close);
        quick.close();
    }

    @Test
    void aThreadThatCannotBeStartedIsReportedAndTheOthersGoOn() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        List<Throwable> errors = new CopyOnWriteArrayList<>();
        PipeEngine engine = new PipeEngine(
                engines.faults().posix(),
                task -> full.get()
                        ? new UnstartableThread()
                        : engines.threadFactory().newThread(task),
                8,
                errors::add);
        TestTask first = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        first.schedule();
        await().until(() -> first.runs() == 1);
        // the second worker, which waits while the first one works
        await().until(() -> engine.workers.size() >= 1);
        full.set(true);
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestTask> busy = new ArrayList<>();
        while (errors.isEmpty()) {
            busy.add(blocker(engine, goOn));
        }
        assertThat(errors.get(0)).isInstanceOf(OutOfMemoryError.class);

        TestTask late = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        late.schedule();
        goOn.countDown();
        await().until(() -> late.runs() == 1);

        busy.forEach(PipeTask::close);
        first.close();
        late.close();
        engine.close();
    }

    // Sharing

    @Test
    void aThousandTasksWithEndlessWorkAllProgressOnASingleWorker() throws Exception {
        PipeEngine engine = engines.start(1);
        List<TestTask> tasks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tasks.add(new TestTask(engine, (self, worker) -> Outcome.AGAIN));
        }
        tasks.forEach(PipeTask::schedule);

        await().until(() -> tasks.stream().allMatch(task -> task.runs() >= 20));

        tasks.forEach(PipeTask::close);
        for (TestTask each : tasks) {
            assertThat(each.awaitClosed(PATIENCE_MILLIS)).isTrue();
        }
    }

    @Test
    void aTaskIsAskedToGiveWayAfterItsShareWhenNobodyElseIsFree() throws Exception {
        PipeEngine alone = engines.start(1);
        List<TestTask> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(new TestTask(alone, (self, worker) -> {
                while (!worker.shouldGiveWay() && !self.isClosing()) {
                    Thread.onSpinWait();
                }
                return Outcome.AGAIN;
            }));
        }
        tasks.forEach(PipeTask::schedule);
        await().until(() -> tasks.stream().allMatch(task -> task.runs() >= 3));
        tasks.forEach(PipeTask::close);
    }

    @Test
    void aTaskIsNotAskedToGiveWayWhileSomebodyElseIsFree() throws Exception {
        PipeEngine engine = engines.start(2);
        AtomicBoolean gaveWay = new AtomicBoolean();
        TestTask free = new TestTask(engine, (self, worker) -> {
            // until the other worker has come up and waits, nobody else is free
            Soon.spinUntil(() -> engines.faults().count("epoll_wait") >= 2, "the other worker waits");
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100);
            while (System.nanoTime() < end && !gaveWay.get()) {
                gaveWay.set(worker.shouldGiveWay());
            }
            return Outcome.WAIT;
        });
        free.schedule();
        await().until(() -> free.runs() == 1);
        free.close();
        assertThat(free.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(gaveWay).isFalse();
    }

    @Test
    void aWorkersBufferGrowsToWhatIsAskedForAndIsKept() throws Exception {
        List<ReadBuffer> buffers = new CopyOnWriteArrayList<>();
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            buffers.add(worker.buffer(100));
            buffers.add(worker.buffer(50));
            buffers.add(worker.buffer(200));
            buffers.add(worker.buffer(100));
            return Outcome.WAIT;
        });
        task.schedule();

        await().until(() -> buffers.size() == 4);
        assertThat(buffers.get(1)).isSameAs(buffers.get(0));
        assertThat(buffers.get(2)).isNotSameAs(buffers.get(0));
        assertThat(buffers.get(3)).isSameAs(buffers.get(2));
        assertThat(buffers.get(2).capacity()).isGreaterThanOrEqualTo(200);
        task.close();
    }

    // Timer

    @Test
    void runsATaskLaterAndNotBefore() throws Exception {
        PipeEngine engine = engines.start(1);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        long start = System.nanoTime();

        Future<?> unused = task.scheduleLater(50);

        await().until(() -> task.runs() == 1);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(50));
        task.close();
    }

    @Test
    void doesNotRunATaskThatWasTakenBackFromTheTimer() throws Exception {
        PipeEngine engine = engines.start(1);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        TestTask after = new TestTask(engine, (self, worker) -> Outcome.WAIT);

        ScheduledFuture<?> later = task.scheduleLater(300);
        assumeTrue(later.cancel(false), "It was time already");
        Future<?> unused = after.scheduleLater(310);

        await().until(() -> after.runs() == 1);
        assertThat(task.runs()).isZero();
        task.close();
        after.close();
    }

    // Watching

    @Test
    void anEventThatWasOnItsWayWhenTheWatchEndedFindsNobodyEvenIfTheNumberIsInUseAgain() throws Exception {
        PipeEngine engine = engines.start(1);
        Path first = folder.fifo("first");
        Path second = folder.fifo("second");
        Descriptor reader = ends.reader(first);
        TestTask gone = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        AtomicReference<Watch> watch = new AtomicReference<>();
        TestTask next = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        AtomicReference<Watch> nextWatch = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();
        engines.faults().instead("epoll_wait", call -> {
            int count = call.proceed();
            if (count > 0 && !done.get()) {
                // between the kernel's report and the worker's look: the number is another pipe's now
                Owner.run(gone, () -> engine.cancel(watch.get()));
                reader.close();
                Descriptor other = ends.reader(second);
                nextWatch.set(engine.watch(next, other));
                Owner.run(next, () -> nextWatch.get().arm(Epoll.IN));
                done.set(true);
            }
            return count;
        });
        // not before now, because this starts the worker
        watch.set(engine.watch(gone, reader));
        Owner.run(gone, () -> watch.get().arm(Epoll.IN));
        ends.writeAndClose(first, "x");
        await().untilTrue(done);
        engines.faults().clear();

        ends.writeAndClose(second, "y");

        await().until(() -> next.runs() == 1);
        assertThat(gone.runs()).isZero();
        Owner.run(next, () -> engine.cancel(nextWatch.get()));
        gone.close();
        next.close();
    }

    @Test
    void aFailingWaitIsReportedAndTheEngineGoesOn() throws Exception {
        PipeEngine engine = engines.start(2);
        engines.faults().instead("epoll_wait", call -> call.number() <= 3 ? call.fail("EIO") : call.proceed());
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);

        task.schedule();

        await().until(() -> task.runs() == 1);
        assertThat(engines.takeErrors())
                .hasSize(3)
                .allSatisfy(e -> assertThat(e).hasMessageStartingWith("epoll_wait failed: Input/output error (EIO)"));
        task.close();
    }

    @Test
    void aWatchThatCannotBeEndedIsReported() throws Exception {
        PipeEngine engine = engines.start(1);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        Watch watch = engine.watch(task, ends.reader(folder.fifo("fifo")));
        Owner.run(task, () -> watch.arm(Epoll.IN));
        engines.faults().instead("epoll_ctl", call -> call.fail("EIO"));

        Owner.run(task, () -> engine.cancel(watch));

        assertThat(engines.takeErrors()).hasSize(1);
        task.close();
    }

    // Closing

    @Test
    void closingEndsIdleWorkers() throws Exception {
        PipeEngine engine = engines.unmanaged(16);
        CountDownLatch goOn = new CountDownLatch(1);
        List<TestTask> busy = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            busy.add(blocker(engine, goOn));
        }
        goOn.countDown();
        busy.forEach(PipeTask::close);
        for (TestTask each : busy) {
            assertThat(each.awaitClosed(PATIENCE_MILLIS)).isTrue();
        }
        assertThat(engine.workers.size()).isGreaterThan(10);

        engine.close();

        // those that are not woken are given up in time, and reported
        assertThat(engine.workers.size()).isZero();
    }

    @Test
    void closingWaitsForTheWorkThatIsBeingDone() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        AtomicBoolean finished = new AtomicBoolean();
        CountDownLatch inWork = new CountDownLatch(1);
        int posts = engines.faults().count("eventfd_write");
        TestTask task = new TestTask(engine, (self, worker) -> {
            inWork.countDown();
            // until close has told the workers
            await().pollInSameThread().until(() -> engines.faults().count("eventfd_write") > posts + 1);
            finished.set(true);
            return Outcome.WAIT;
        });
        task.schedule();
        inWork.await();
        task.close();

        engine.close();

        assertThat(finished).isTrue();
        assertThat(task.released()).isEqualTo(1);
        assertThat(engine.workers.size()).isZero();
    }

    @Test
    void closingInterruptsWorkThatDoesNotEndAndTheTaskIsReleased() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        AtomicBoolean interrupted = new AtomicBoolean();
        CountDownLatch inWork = new CountDownLatch(1);
        TestTask task = new TestTask(engine, (self, worker) -> {
            inWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return Outcome.WAIT;
        });
        task.schedule();
        inWork.await();
        task.close();

        engine.close();

        assertThat(interrupted).isTrue();
        assertThat(task.released()).isEqualTo(1);
        assertThat(engine.workers.size()).isZero();
    }

    @Test
    void aTaskThatThrowsWhileTheEngineClosesIsReleased() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engine, (self, worker) -> {
            inWork.countDown();
            goOn.await();
            throw new IllegalStateException("expected");
        });
        task.schedule();
        inWork.await();
        task.close();
        int posts = engines.faults().count("eventfd_write");
        Thread closer = new Thread(engine::close, "closes the engine");
        closer.start();
        // the timer has been shut down by now
        await().until(() -> engines.faults().count("eventfd_write") > posts);

        goOn.countDown();

        closer.join(PATIENCE_MILLIS);
        assertThat(engines.takeErrors()).isNotEmpty();
        assertThat(task.awaitClosed(1_000)).as("released").isTrue();
        assertThat(task.released()).isEqualTo(1);
    }

    @Test
    void aWorkerCanCloseItsEngineAndEndsWhenItsTaskDoes() throws Exception {
        PipeEngine engine = engines.unmanaged(4);
        AtomicBoolean closed = new AtomicBoolean();
        TestTask task = new TestTask(engine, (self, worker) -> {
            self.close();
            engine.close();
            closed.set(true);
            return Outcome.WAIT;
        });
        task.schedule();

        await().untilTrue(closed);
        await().until(() -> engine.workers.size() == 0);
        assertThat(task.released()).isEqualTo(1);
    }

    @Test
    void anInterruptedCloseStillEndsTheWorkersAndKeepsTheInterrupt() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        task.close();

        Thread.currentThread().interrupt();
        engine.close();

        assertThat(Thread.interrupted()).isTrue();
        await().until(() -> engine.workers.size() == 0);
    }

    @Test
    void nothingRunsAfterItWasClosed() throws Exception {
        PipeEngine engine = engines.unmanaged(2);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        AtomicInteger fired = new AtomicInteger();
        Future<?> unused = task.scheduleLater(20);
        Future<?> unusedToo = engine.later(fired::incrementAndGet, 100);
        task.close();
        engine.close();

        assertThat(engine.workers.size()).isZero();
        // the time of either may have been over before that
        int runsBefore = task.runs();
        int firedBefore = fired.get();
        await().during(Duration.ofMillis(150)).until(() -> task.runs() == runsBefore && fired.get() == firedBefore);
    }

    @Test
    void hundredsOfEnginesThatComeAndGoLeaveNothing() throws Exception {
        Path fifo = folder.fifo("fifo");
        for (int i = 0; i < 300; i++) {
            PipeEngine engine = engines.unmanaged(3);
            NamedPipe pipe = new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0600), new RecordingListener());
            ReadingTask task = new ReadingTask(engine, pipe.openForReading());
            task.schedule();
            ends.writeAndClose(fifo, "x");
            task.close();
            engine.close();
            assertThat(task.awaitClosed(0)).as("round %d", i).isTrue();
            assertThat(engine.workers.size()).as("round %d", i).isZero();
        }
    }

    private static TestTask blocker(PipeEngine engine, CountDownLatch goOn) throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        TestTask blocker = new TestTask(engine, (self, worker) -> {
            inWork.countDown();
            goOn.await();
            return Outcome.WAIT;
        });
        blocker.schedule();
        assertThat(inWork.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        return blocker;
    }

    /** As if there was no memory for its stack. */
    private static final class UnstartableThread extends Thread {
        @Override
        public synchronized void start() {
            throw new OutOfMemoryError("unable to create native thread");
        }
    }
}
