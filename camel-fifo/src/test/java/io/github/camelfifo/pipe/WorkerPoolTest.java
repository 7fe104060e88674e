package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pool alone, with a duty that finds its work in a queue and whose time is up much sooner. */
@ExtendWith(LeakCheck.class)
class WorkerPoolTest {

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    private final QueueDuty duty = new QueueDuty();
    private final AtomicInteger left = new AtomicInteger();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final List<WorkerPool> pools = new ArrayList<>();

    @AfterEach
    void stopAll() {
        duty.idleMillis = 1;
        for (WorkerPool each : pools) {
            each.stop(() -> {});
            each.awaitStop();
        }
    }

    @Test
    void oneIsStartedOnDemandAndOnlyOne() throws Exception {
        WorkerPool pool = pool(4);
        assertThat(pool.size()).isZero();
        assertThat(pool.hasWaiting()).isFalse();

        pool.ensureOne();
        pool.ensureOne();

        assertThat(pool.size()).isEqualTo(1);
        await().until(pool::hasWaiting);
    }

    @Test
    void oneThatHasWaitedInVainLeavesOnlyIfAnotherStays() throws Exception {
        WorkerPool pool = pool(20);
        CountDownLatch goOn = new CountDownLatch(1);
        grow(pool, 9, goOn);
        assertThat(pool.size()).isEqualTo(10);

        duty.idleMillis = 1;
        goOn.countDown();

        await().until(() -> pool.size() == 1);
        await().during(Duration.ofMillis(100)).until(() -> pool.size() == 1 && pool.hasWaiting());
    }

    @Test
    void whileAllOthersAreBusyTheOnlyOneThatWaitsStays() throws Exception {
        WorkerPool pool = pool(20);
        CountDownLatch goOn = new CountDownLatch(1);
        grow(pool, 5, goOn);
        duty.idleMillis = 1;

        await().during(Duration.ofMillis(100)).until(() -> pool.size() == 6 && pool.hasWaiting());
        goOn.countDown();
    }

    @Test
    void whereAllPlacesAreTakenThePlaceOfOneThatLeavesIsGivenToAnother() throws Exception {
        WorkerPool pool = pool(2);
        duty.opensScratchPipes = true;
        CountDownLatch goOn = new CountDownLatch(1);
        grow(pool, 1, goOn);
        CountDownLatch leaves = new CountDownLatch(1);
        CountDownLatch mayBeGone = new CountDownLatch(1);
        // it does not wait any more, and has its place still
        engines.faults().before("close", 1, () -> {
            leaves.countDown();
            mayBeGone.await();
        });
        duty.idleMillis = 1;
        goOn.countDown();
        assertThat(leaves.await(20, TimeUnit.SECONDS)).isTrue();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        duty.works.add(() -> {
            begun.countDown();
            mayEnd.await();
        });
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(pool.hasWaiting()).isFalse();

        mayBeGone.countDown();

        await().until(() -> pool.size() == 2 && pool.hasWaiting());
        mayEnd.countDown();
    }

    @Test
    void growingAndShrinkingAtOnceNeverLeavesNobodyWaiting() throws Exception {
        WorkerPool pool = pool(6);
        duty.idleMillis = 1;
        pool.ensureOne();
        AtomicInteger done = new AtomicInteger();
        int works = 20_000;

        Crowd.run(3, number -> {
            for (int i = number; i < works; i += 3) {
                duty.works.add(done::incrementAndGet);
                if (i % 500 == number) {
                    // long enough for some to leave
                    int target = i;
                    await().until(() -> done.get() > target / 2);
                }
            }
        });

        await().until(() -> done.get() == works);
        await().until(() -> pool.size() == 1);
        assertThat(pool.hasWaiting()).isTrue();
        assertThat(duty.mostAtOnce.get()).isLessThanOrEqualTo(6);
    }

    @Test
    void noMoreThanAllowedAreStarted() throws Exception {
        WorkerPool pool = pool(3);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        pool.ensureOne();
        for (int i = 0; i < 10; i++) {
            duty.works.add(() -> {
                begun.incrementAndGet();
                goOn.await();
            });
        }

        await().until(() -> begun.get() == 3);
        await().during(Duration.ofMillis(50)).until(() -> pool.size() == 3 && begun.get() == 3);
        goOn.countDown();
        await().until(() -> begun.get() == 10);
    }

    @Test
    void whatADutyThrowsIsReportedAndEndsNobody() throws Exception {
        WorkerPool pool = pool(1);
        pool.ensureOne();
        IllegalStateException expected = new IllegalStateException("expected");
        AssertionError worse = new AssertionError("expected too");
        duty.works.add(() -> {
            throw expected;
        });
        duty.works.add(() -> {
            throw worse;
        });
        CountDownLatch done = new CountDownLatch(1);
        duty.works.add(done::countDown);

        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(errors).containsExactly(expected, worse);
        assertThat(pool.size()).isEqualTo(1);
    }

    @Test
    void aFailingWaitIsReportedAndNotRepeatedInALoop() throws Exception {
        WorkerPool pool = pool(1);
        duty.waitFails = true;
        long start = System.nanoTime();
        pool.ensureOne();
        await().until(() -> errors.size() >= 3);
        long reported = errors.size();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertThat(reported).isLessThanOrEqualTo(2 + millis / 50);

        duty.waitFails = false;
        CountDownLatch done = new CountDownLatch(1);
        duty.works.add(done::countDown);
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whereNoThreadCanBeMadeTheOthersGoOnAndThatIsReportedOnce() throws Exception {
        AtomicInteger made = new AtomicInteger();
        ThreadFactory exhausted = task -> {
            if (made.incrementAndGet() > 1) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return engines.threadFactory().newThread(task);
        };
        WorkerPool pool = new WorkerPool(exhausted, 5, duty, left::incrementAndGet, errors::add);
        pools.add(pool);
        pool.ensureOne();

        for (int i = 0; i < 3; i++) {
            CountDownLatch done = new CountDownLatch(1);
            duty.works.add(done::countDown);
            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(made.get()).isGreaterThan(2);
        assertThat(pool.size()).isEqualTo(1);
        assertThat(errors).hasSize(1);
    }

    @Test
    void theLastThatLeavesTidiesUpOnce() throws Exception {
        WorkerPool pool = pool(10);
        CountDownLatch goOn = new CountDownLatch(1);
        grow(pool, 5, goOn);
        duty.idleMillis = 1;
        pool.stop(() -> {});
        assertThat(left).hasValue(0);

        goOn.countDown();
        pool.awaitStop();

        assertThat(pool.size()).isZero();
        assertThat(left).hasValue(1);
    }

    @Test
    void aPoolThatWasNeverUsedTidiesUpAtStop() {
        WorkerPool pool = pool(1);

        pool.stop(() -> {});
        pool.awaitStop();

        assertThat(left).hasValue(1);
        pool.ensureOne();
        assertThat(pool.size()).isZero();
        pools.clear();
    }

    private WorkerPool pool(int maxSize) {
        WorkerPool pool = new WorkerPool(engines.threadFactory(), maxSize, duty, left::incrementAndGet, errors::add);
        pools.add(pool);
        return pool;
    }

    /** Has so many workers do something until they may go on; then one more waits. */
    private void grow(WorkerPool pool, int busy, CountDownLatch goOn) {
        pool.ensureOne();
        for (int i = 1; i <= busy; i++) {
            duty.works.add(goOn::await);
            int expected = i + 1;
            await().until(() -> pool.size() == expected && pool.hasWaiting() && duty.works.isEmpty());
        }
    }

    /** Something to do. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private final class QueueDuty implements WorkerPool.Duty {

        final BlockingQueue<Work> works = new LinkedBlockingQueue<>();
        final AtomicInteger mostAtOnce = new AtomicInteger();
        volatile long idleMillis = 60_000;
        volatile boolean waitFails;
        /** So that there is something to be closed when a worker leaves. */
        volatile boolean opensScratchPipes;

        private final AtomicInteger atOnce = new AtomicInteger();
        private final ThreadLocal<BlockingQueue<Work>> taken =
                ThreadLocal.withInitial(() -> new ArrayBlockingQueue<>(1));

        @Override
        public Worker worker(BooleanSupplier othersWait) {
            Worker worker = new Worker(engines.faults().posix(), othersWait);
            if (opensScratchPipes) {
                openScratchPipe(worker);
            }
            return worker;
        }

        private void openScratchPipe(Worker worker) {
            try {
                worker.scratch();
            } catch (ErrnoException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public boolean await(Worker worker, int timeoutMillis) throws Exception {
            if (waitFails) {
                throw new IllegalStateException("expected");
            }
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
            long start = System.nanoTime();
            while (System.nanoTime() < end) {
                Work work = works.poll(1, TimeUnit.MILLISECONDS);
                if (work != null) {
                    taken.get().add(work);
                    return true;
                }
                if (System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(idleMillis)) {
                    return false;
                }
            }
            return false;
        }

        @Override
        public void perform(Worker worker) throws Exception {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            try {
                taken.get().remove().run();
            } finally {
                atOnce.decrementAndGet();
            }
        }
    }
}
