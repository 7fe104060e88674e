package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnds;
import io.github.camelfifo.testing.Soon;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class PipeTaskTest {

    private static final long PATIENCE_MILLIS = 20_000;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    @RegisterExtension
    final PipeEnds ends = new PipeEnds();

    // Running

    @Test
    void runsWhenItIsScheduled() throws Exception {
        TestTask task = new TestTask(engines.start(1), (self, worker) -> Outcome.WAIT);
        task.schedule();
        await().until(() -> task.runs() == 1);
        task.schedule();
        await().until(() -> task.runs() == 2);
        task.close();
    }

    @Test
    void runsAgainWhenItIsScheduledWhileItRuns() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(2), (self, worker) -> {
            inWork.countDown();
            goOn.await();
            return Outcome.WAIT;
        });
        task.schedule();
        inWork.await();

        task.schedule();
        task.schedule();
        task.schedule();
        goOn.countDown();

        await().until(() -> task.runs() == 2);
        assertQuiet(task, 2);
        task.close();
    }

    @Test
    void runsAgainWhenAnEventComesBetweenArmingAndLettingGo() throws Exception {
        PipeEngine engine = engines.start(2);
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        ends.write(ends.writer(fifo), "x");
        AtomicReference<Watch> watch = new AtomicReference<>();
        TestTask task = new TestTask(engine, (self, worker) -> {
            if (self.runs() == 1) {
                watch.get().arm(Epoll.IN);
                // the other worker gets it, and must not run this task
                await().until(() -> watch.get().hasFired());
            }
            return Outcome.WAIT;
        });
        watch.set(engine.watch(task, reader));
        task.atRelease(() -> engine.cancel(watch.get()));

        task.schedule();

        await().until(() -> task.runs() == 2);
        assertQuiet(task, 2);
        task.close();
    }

    @Test
    void runsAgainAfterTheOthersWhenThereIsMoreToDo() throws Exception {
        PipeEngine engine = engines.start(1);
        List<String> order = new CopyOnWriteArrayList<>();
        TestTask other = new TestTask(engine, (self, worker) -> {
            order.add("other");
            return Outcome.WAIT;
        });
        TestTask task = new TestTask(engine, (self, worker) -> {
            order.add("task");
            if (self.runs() == 1) {
                other.schedule();
            }
            return self.runs() < 3 ? Outcome.AGAIN : Outcome.WAIT;
        });

        task.schedule();

        await().untilAsserted(() -> assertThat(order).containsExactly("task", "other", "task", "task"));
        task.close();
        other.close();
    }

    @Test
    void isRunByOneThreadAtATimeUnderAStormOfSchedulesAndEvents() throws Exception {
        PipeEngine engine = engines.start(8);
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        ends.write(ends.writer(fifo), "always readable");
        AtomicReference<Watch> watch = new AtomicReference<>();
        AtomicLong requested = new AtomicLong();
        AtomicLong served = new AtomicLong();
        TestTask task = new TestTask(engine, (self, worker) -> {
            served.set(requested.get());
            watch.get().arm(Epoll.IN);
            return Outcome.WAIT;
        });
        watch.set(engine.watch(task, reader));
        task.atRelease(() -> engine.cancel(watch.get()));

        Crowd.run(8, number -> {
            for (int i = 0; i < 10_000; i++) {
                requested.incrementAndGet();
                if (i % 7 == 0) {
                    task.claimAndHandOver(i % 2 == 0);
                } else {
                    task.schedule();
                }
            }
        });
        task.schedule();

        await().until(() -> served.get() == 80_000);
        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.breaches()).isZero();
    }

    @Test
    void ofAHundredThousandWakeUpsNoneIsLost() throws Exception {
        int rounds = 100_000;
        AtomicInteger requested = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        TestTask task = new TestTask(engines.start(2), (self, worker) -> {
            served.set(requested.get());
            return Outcome.WAIT;
        });

        for (int i = 1; i <= rounds; i++) {
            requested.set(i);
            task.schedule();
            int round = i;
            Soon.spinUntil(() -> served.get() >= round, "a round");
        }
        task.close();
        assertThat(task.breaches()).isZero();
    }

    @Test
    void ofTwentyThousandEventsNoneIsLost() throws Exception {
        int rounds = 20_000;
        PipeEngine engine = engines.start(4);
        Path fifo = folder.fifo("fifo");
        Descriptor reader = ends.reader(fifo);
        Descriptor writer = ends.writer(fifo);
        AtomicReference<Watch> watch = new AtomicReference<>();
        AtomicInteger read = new AtomicInteger();
        ByteBuffer buffer = ByteBuffer.allocateDirect(100);
        TestTask task = new TestTask(engine, (self, worker) -> {
            // arms first: the event may come while this still runs
            watch.get().arm(Epoll.IN);
            read.addAndGet(Math.max(0, engine.posix().read(reader, buffer.clear())));
            return Outcome.WAIT;
        });
        watch.set(engine.watch(task, reader));
        task.atRelease(() -> engine.cancel(watch.get()));
        task.schedule();

        ByteBuffer one = ByteBuffer.allocateDirect(1);
        for (int i = 1; i <= rounds; i++) {
            engine.posix().write(writer, one.clear());
            int round = i;
            Soon.spinUntil(() -> read.get() >= round, "a round");
        }
        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.breaches()).isZero();
    }

    // Claiming from outside

    @Test
    void aClaimedTaskIsRunByNobodyUntilItIsHandedOver() throws Exception {
        Claimable task = new Claimable(engines.start(2));
        assertThat(task.claimIt()).isTrue();
        assertThat(task.claimIt()).isFalse();
        task.schedule();
        await().during(Duration.ofMillis(50)).until(() -> task.runs.get() == 0);

        task.handItOver(false);

        // it was signalled meanwhile
        await().until(() -> task.runs.get() == 1);
        task.close();
    }

    @Test
    void aTaskThatIsHandedOverWithMoreToDoRuns() throws Exception {
        Claimable task = new Claimable(engines.start(2));
        assertThat(task.claimIt()).isTrue();
        task.handItOver(true);
        await().until(() -> task.runs.get() == 1);

        // the worker may not have let go yet
        await().pollInSameThread().until(task::claimIt);
        task.handItOver(false);
        await().during(Duration.ofMillis(50)).until(() -> task.runs.get() == 1);
        task.close();
    }

    @Test
    void aClaimedTaskThatIsClosedIsReleasedWhenItIsHandedOver() throws Exception {
        Claimable task = new Claimable(engines.start(2));
        assertThat(task.claimIt()).isTrue();
        task.close();
        assertThat(task.awaitClosed(0)).isFalse();

        task.handItOver(true);

        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.claimIt()).isFalse();
        assertThat(task.runs).hasValue(0);
    }

    // Holding

    @Test
    void aHeldTaskRunsOnlyWhenItIsResumed() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(2), (self, worker) -> {
            if (self.runs() == 1) {
                self.holdNow();
                held.countDown();
                return Outcome.HANDED_OVER;
            }
            return Outcome.WAIT;
        });
        task.schedule();
        held.await();

        task.schedule();
        task.schedule();
        assertQuiet(task, 1);
        task.resume();
        await().until(() -> task.runs() == 2);
        task.resume();
        assertQuiet(task, 2);
        task.close();
    }

    @Test
    void aHoldThatNobodyEndsCanBeTakenBack() throws Exception {
        AtomicBoolean takenBack = new AtomicBoolean();
        TestTask task = new TestTask(engines.start(2), (self, worker) -> {
            if (self.runs() == 1) {
                self.holdNow();
                takenBack.set(self.unholdNow());
            }
            return Outcome.WAIT;
        });
        task.schedule();
        await().until(takenBack::get);

        task.resume();
        assertQuiet(task, 1);
        task.schedule();
        await().until(() -> task.runs() == 2);
        task.close();
        assertThat(task.breaches()).isZero();
    }

    @Test
    void resumingAndTakingBackAtTheSameTimeNeverStopsATaskAndNeverRunsItTwice() throws Exception {
        int rounds = 30_000;
        BlockingQueue<TestTask> toResume = new LinkedBlockingQueue<>();
        AtomicInteger takenBack = new AtomicInteger();
        TestTask task = new TestTask(engines.start(3), (self, worker) -> {
            self.holdNow();
            toResume.add(self);
            if (self.runs() % 3 == 0) {
                Soon.letOthersRun();
            }
            if (self.unholdNow()) {
                takenBack.incrementAndGet();
                return Outcome.AGAIN;
            }
            return Outcome.HANDED_OVER;
        });
        task.schedule();

        Crowd.run(1, number -> {
            while (task.runs() < rounds) {
                TestTask held = toResume.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                assertThat(held).as("after %d runs", task.runs()).isNotNull();
                held.resume();
            }
        });

        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.breaches()).isZero();
        assertThat(task.released()).isEqualTo(1);
        assertThat(takenBack.get()).isBetween(1, task.runs() - 1);
    }

    // Closing

    @Test
    void aWaitingTaskIsReleasedAtOnceByTheThreadThatCloses() throws Exception {
        TestTask task = new TestTask(engines.start(1), (self, worker) -> Outcome.WAIT);

        task.close();

        assertThat(task.released()).isEqualTo(1);
        assertThat(task.releasedBy()).isEqualTo(Thread.currentThread());
        assertThat(task.isClosing()).isTrue();
        assertThat(task.awaitClosed(0)).isTrue();
    }

    @Test
    void aQueuedTaskIsReleasedAtOnceAndNeverRuns() throws Exception {
        PipeEngine engine = engines.start(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask blocker = blocker(engine, goOn);
        TestTask task = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        task.schedule();

        task.close();

        assertThat(task.released()).isEqualTo(1);
        goOn.countDown();
        TestTask last = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        last.schedule();
        await().until(() -> last.runs() == 1);
        assertThat(task.runs()).isZero();
        last.close();
        blocker.close();
    }

    @Test
    void aRunningTaskIsReleasedByItsOwnerWhenThatIsDone() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicBoolean closing = new AtomicBoolean();
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            inWork.countDown();
            goOn.await();
            closing.set(self.isClosing());
            return Outcome.AGAIN;
        });
        task.schedule();
        inWork.await();

        task.close();
        assertThat(task.released()).isZero();
        assertThat(task.awaitClosed(10)).isFalse();
        goOn.countDown();

        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(closing).isTrue();
        assertThat(task.released()).isEqualTo(1);
        assertThat(task.releasedBy().getName()).startsWith("fifo test");
        assertQuiet(task, 1);
    }

    @Test
    void aSignalledTaskIsReleasedByItsOwnerToo() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            inWork.countDown();
            goOn.await();
            return Outcome.WAIT;
        });
        task.schedule();
        inWork.await();
        task.schedule();

        task.close();
        assertThat(task.released()).isZero();
        goOn.countDown();

        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.released()).isEqualTo(1);
    }

    @Test
    void aHeldTaskIsReleasedAtOnceAndNothingBringsItBack() throws Exception {
        AtomicReference<Boolean> takenBack = new AtomicReference<>();
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            self.holdNow();
            held.countDown();
            goOn.await();
            takenBack.set(self.unholdNow());
            return Outcome.HANDED_OVER;
        });
        task.schedule();
        held.await();

        task.close();
        assertThat(task.released()).isEqualTo(1);
        goOn.countDown();

        await().untilAsserted(() -> assertThat(takenBack).hasValue(false));
        task.resume();
        task.schedule();
        assertQuiet(task, 1);
    }

    @Test
    void aTaskThatClosesItselfIsReleasedAfterItsWork() throws Exception {
        AtomicInteger releasedInWork = new AtomicInteger(-1);
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            self.close();
            releasedInWork.set(self.released());
            return Outcome.WAIT;
        });
        task.schedule();

        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(releasedInWork).hasValue(0);
        assertThat(task.released()).isEqualTo(1);
    }

    @Test
    void aClosedTaskStaysClosed() throws Exception {
        TestTask task = new TestTask(engines.start(1), (self, worker) -> Outcome.WAIT);
        task.close();

        task.close();
        task.schedule();
        task.resume();
        assertThat(task.claimAndHandOver(true)).isFalse();

        assertQuiet(task, 0);
        assertThat(task.released()).isEqualTo(1);
    }

    @Test
    void aCloseCanBeTakenBackAsLongAsTheOwnerHasNotLetGo() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(2), (self, worker) -> {
            inWork.countDown();
            goOn.await();
            return Outcome.WAIT;
        });
        task.schedule();
        inWork.await();
        task.close();

        assertThat(task.cancelClose()).isTrue();

        assertThat(task.isClosing()).isFalse();
        goOn.countDown();
        task.schedule();
        await().until(() -> task.runs() == 2);
        assertThat(task.released()).isZero();
        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.released()).isEqualTo(1);
        assertThat(task.cancelClose()).isFalse();
    }

    @Test
    void takingACloseBackEitherKeepsTheTaskOrFindsItReleasedOnce() throws Exception {
        int rounds = 3_000;
        PipeEngine engine = engines.start(2);
        for (int round = 0; round < rounds; round++) {
            AtomicBoolean inWork = new AtomicBoolean();
            int spins = round % 100;
            TestTask task = new TestTask(engine, (self, worker) -> {
                inWork.set(true);
                for (int i = 0; i < spins * 10; i++) {
                    Thread.onSpinWait();
                }
                return Outcome.WAIT;
            });
            task.schedule();
            Soon.spinUntil(inWork::get, "in work");
            task.close();
            if (task.cancelClose()) {
                int runs = task.runs();
                task.schedule();
                int number = round;
                await().alias("round " + number).until(() -> task.runs() > runs);
                assertThat(task.released()).as("round %d", round).isZero();
                task.close();
            }
            assertThat(task.awaitClosed(PATIENCE_MILLIS)).as("round %d", round).isTrue();
            assertThat(task.released()).as("round %d", round).isEqualTo(1);
            assertThat(task.breaches()).as("round %d", round).isZero();
        }
    }

    @Test
    void awaitingTheCloseOfATaskThatIsNotClosedEndsInTime() throws Exception {
        TestTask task = new TestTask(engines.start(1), (self, worker) -> Outcome.WAIT);

        assertThat(task.awaitClosed(20)).isFalse();
        task.close();
    }

    @Test
    void closedAtAnyMomentByManyATaskIsReleasedOnceAndNeverRunsAgain() throws Exception {
        int rounds = 4_000;
        PipeEngine engine = engines.start(3);
        Path fifo = folder.fifo("fifo");
        ends.reader(fifo);
        ends.write(ends.writer(fifo), "always readable");
        AtomicReference<TestTask> current = new AtomicReference<>();
        AtomicBoolean done = new AtomicBoolean();

        Crowd.run(4, number -> {
            switch (number) {
                case 0 -> {
                    try {
                        for (int round = 0; round < rounds; round++) {
                            closeAtSomeMoment(engine, fifo, current, round);
                        }
                    } finally {
                        done.set(true);
                    }
                }
                default -> {
                    while (!done.get()) {
                        TestTask task = current.get();
                        if (task != null) {
                            pester(task, number);
                        }
                    }
                }
            }
        });
    }

    private void closeAtSomeMoment(PipeEngine engine, Path fifo, AtomicReference<TestTask> current, int round)
            throws Exception {
        Descriptor reader = new NamedPipe(engine.posix(), fifo, new PipeOptions(false, 0), new RecordingListener())
                .openForReading();
        AtomicReference<Watch> watch = new AtomicReference<>();
        TestTask task = new TestTask(engine, (self, worker) -> {
            // only the owner may do this, and it fails on a descriptor that is closed
            watch.get().arm(Epoll.IN);
            return switch ((self.runs() + round) % 4) {
                case 0 -> {
                    self.holdNow();
                    yield self.unholdNow() ? Outcome.WAIT : Outcome.HANDED_OVER;
                }
                case 1 -> {
                    self.holdNow();
                    yield Outcome.HANDED_OVER;
                }
                case 2 -> Outcome.AGAIN;
                default -> Outcome.WAIT;
            };
        });
        watch.set(engine.watch(task, reader));
        task.atRelease(() -> engine.cancel(watch.get()));
        current.set(task);
        task.schedule();
        for (int i = 0; i < round % 50; i++) {
            Thread.onSpinWait();
        }
        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).as("round %d", round).isTrue();
        int runs = task.runs();
        reader.close();
        assertThat(task.released()).as("round %d", round).isEqualTo(1);
        assertThat(task.breaches()).as("round %d", round).isZero();
        assertThat(task.runs()).as("round %d", round).isEqualTo(runs);
    }

    private static void pester(TestTask task, int number) {
        switch (number) {
            case 1 -> task.schedule();
            case 2 -> task.resume();
            default -> {
                task.claimAndHandOver(true);
                if (task.runs() % 5 == 0) {
                    task.close();
                }
            }
        }
    }

    // Failures

    @Test
    void whatItThrowsReachesTheErrorHandlerAndItIsRunAgainAfterAPause() throws Exception {
        PipeEngine engine = engines.start(1);
        List<Throwable> failures =
                List.of(new IllegalStateException("a"), new IOException("b"), new StackOverflowError("c"));
        List<TestTask> tasks = failures.stream()
                .map(failure -> new TestTask(engine, (self, worker) -> {
                    if (self.runs() == 1) {
                        throw failure instanceof Exception e ? e : sneaky(failure);
                    }
                    return Outcome.WAIT;
                }))
                .toList();
        long start = System.nanoTime();
        tasks.forEach(PipeTask::schedule);

        await().untilAsserted(() -> assertThat(engines.errors()).containsExactlyInAnyOrderElementsOf(failures));
        assertThat(engine.workers.size()).isLessThanOrEqualTo(2);
        // the worker is fit for others at once
        TestTask other = new TestTask(engine, (self, worker) -> Outcome.WAIT);
        other.schedule();
        await().until(() -> other.runs() == 1);

        await().until(() -> tasks.stream().allMatch(task -> task.runs() == 2));
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(PipeTask.RETRY_PAUSE_MILLIS));
        assertThat(engines.takeErrors()).hasSize(3);
        tasks.forEach(PipeTask::close);
        other.close();
    }

    @Test
    void aTaskThatThrowsAndIsClosedIsReleased() throws Exception {
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            self.close();
            throw new IllegalStateException("expected");
        });
        task.schedule();

        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.released()).isEqualTo(1);
        assertThat(engines.takeErrors()).hasSize(1);
    }

    @Test
    void aTaskThatThrowsAfterItHasGivenUpOwnershipIsStillRunByOneThreadAtATime() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch fail = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TestTask task = new TestTask(engines.start(4), (self, worker) -> {
            switch (self.runs()) {
                case 1 -> {
                    self.holdNow();
                    held.countDown();
                    fail.await();
                    throw new IllegalStateException("expected");
                }
                case 2 -> {
                    second.countDown();
                    goOn.await();
                }
                default -> {}
            }
            return Outcome.WAIT;
        });
        task.schedule();
        held.await();
        task.resume();
        second.await();
        try {
            // the first thread is no owner any more
            fail.countDown();
            await().until(() -> !engines.errors().isEmpty());
            task.schedule();
            await().during(Duration.ofMillis(50)).until(() -> task.runs() == 2);
        } finally {
            goOn.countDown();
            engines.takeErrors();
        }

        await().until(() -> task.runs() >= 3);
        task.close();
        assertThat(task.awaitClosed(PATIENCE_MILLIS)).isTrue();
        assertThat(task.breaches()).isZero();
    }

    // Interrupts

    @Test
    void theThreadThatRunsItCanBeInterrupted() throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        TestTask task = new TestTask(engines.start(1), (self, worker) -> {
            inWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return Outcome.WAIT;
        });
        task.interruptRunner();
        task.schedule();
        inWork.await();
        assertThat(interrupted).isFalse();

        task.interruptRunner();

        await().untilTrue(interrupted);
        task.interruptRunner();
        task.close();
    }

    @Test
    void anInterruptNeverReachesAnotherTask() throws Exception {
        PipeEngine engine = engines.start(1);
        AtomicInteger strays = new AtomicInteger();
        AtomicInteger hits = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        TestTask interrupted = new TestTask(engine, (self, worker) -> {
            for (int i = 0; i < 20; i++) {
                Thread.onSpinWait();
            }
            if (Thread.currentThread().isInterrupted()) {
                hits.incrementAndGet();
            }
            return done.get() ? Outcome.WAIT : Outcome.AGAIN;
        });
        TestTask other = new TestTask(engine, (self, worker) -> {
            if (Thread.currentThread().isInterrupted()) {
                strays.incrementAndGet();
            }
            return done.get() ? Outcome.WAIT : Outcome.AGAIN;
        });
        interrupted.schedule();
        other.schedule();

        Crowd.run(1, number -> {
            // until one has arrived, too, however rarely a machine lets the two threads meet
            while (other.runs() < 20_000 || (hits.get() == 0 && other.runs() < 20_000_000)) {
                interrupted.interruptRunner();
            }
        });
        done.set(true);

        interrupted.close();
        other.close();
        assertThat(hits.get()).as("interrupts that reached the task itself").isPositive();
        assertThat(strays).hasValue(0);
    }

    @Test
    void knowsTheThreadThatRunsIt() throws Exception {
        PipeEngine engine = engines.start(1);
        AtomicReference<TestTask> other = new AtomicReference<>();
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        TestTask task = new TestTask(engine, (self, worker) -> {
            answers.add(self.isRunByCurrentThread());
            answers.add(other.get().isRunByCurrentThread());
            return Outcome.WAIT;
        });
        other.set(new TestTask(engine, (self, worker) -> Outcome.WAIT));

        task.schedule();

        await().untilAsserted(() -> assertThat(answers).containsExactly(true, false));
        assertThat(task.isRunByCurrentThread()).isFalse();
        task.close();
        other.get().close();
    }

    private static TestTask blocker(PipeEngine engine, CountDownLatch goOn) throws Exception {
        CountDownLatch inWork = new CountDownLatch(1);
        TestTask blocker = new TestTask(engine, (self, worker) -> {
            inWork.countDown();
            goOn.await();
            return Outcome.WAIT;
        });
        blocker.schedule();
        inWork.await();
        return blocker;
    }

    private static void assertQuiet(TestTask task, int runs) {
        await().during(Duration.ofMillis(30)).until(() -> task.runs() == runs);
        assertThat(task.breaches()).isZero();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    /** Lets the test be the owner. */
    private static final class Claimable extends PipeTask {

        final AtomicInteger runs = new AtomicInteger();

        Claimable(PipeEngine engine) {
            super(engine);
        }

        boolean claimIt() {
            return claim();
        }

        void handItOver(boolean more) {
            handOver(more);
        }

        @Override
        protected Outcome work(Worker worker) {
            runs.incrementAndGet();
            return Outcome.WAIT;
        }

        @Override
        protected void release() {}
    }
}
