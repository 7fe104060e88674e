package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.LeakCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may wait, and what goes on all the same. */
@ExtendWith(LeakCheck.class)
class UserWorkTest {

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<TestTask> blockers = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void briefTasksRunThoughAllWorkersWait(int workers) throws Exception {
        PipeEngine engine = engines.start(workers);
        blockAll(engine, workers);
        BriefTask brief = new BriefTask(engine);

        for (int i = 1; i <= 10; i++) {
            int runs = i;
            brief.schedule();
            await().until(() -> brief.runs.get() == runs);
        }

        brief.close();
        end();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatGoesOnIsRunThoughAllWorkersWait(int workers) throws Exception {
        PipeEngine engine = engines.start(workers);
        blockAll(engine, workers);
        CountDownLatch done = new CountDownLatch(1);

        engine.execute(done::countDown);

        await().until(() -> done.getCount() == 0);
        end();
    }

    @Test
    void actionsThatWaitForTheNextOneGetAThreadEach() throws Exception {
        PipeEngine engine = engines.start(1);
        blockAll(engine, 1);
        int many = 20;
        List<CountDownLatch> done = new ArrayList<>();
        for (int i = 0; i <= many; i++) {
            done.add(new CountDownLatch(1));
        }
        for (int i = 0; i < many; i++) {
            CountDownLatch next = done.get(i + 1);
            CountDownLatch mine = done.get(i);
            engine.execute(() -> {
                awaitQuietly(next);
                mine.countDown();
            });
        }
        engine.execute(done.get(many)::countDown);

        await().until(() -> done.get(0).getCount() == 0);
        end();
    }

    @Test
    void manyQuickActionsTakeAFewThreads() throws Exception {
        PipeEngine engine = engines.start(1);
        blockAll(engine, 1);
        AtomicInteger done = new AtomicInteger();
        List<Thread> threads = new CopyOnWriteArrayList<>();

        for (int i = 0; i < 2_000; i++) {
            engine.execute(() -> {
                if (!threads.contains(Thread.currentThread())) {
                    threads.add(Thread.currentThread());
                }
                done.incrementAndGet();
            });
        }

        await().until(() -> done.get() == 2_000);
        assertThat(threads).hasSizeLessThan(50);
        end();
    }

    @Test
    void aTaskThatHasToWaitForAWorkerIsRunWhenOneIsFree() throws Exception {
        PipeEngine engine = engines.start(2);
        blockAll(engine, 2);
        List<TestTask> late = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            late.add(new TestTask(engine, (self, worker) -> Outcome.WAIT));
        }
        late.forEach(PipeTask::schedule);
        await().during(Duration.ofMillis(50)).until(() -> late.stream().allMatch(task -> task.runs() == 0));

        goOn.countDown();

        await().until(() -> late.stream().allMatch(task -> task.runs() == 1));
        late.forEach(PipeTask::close);
        end();
    }

    @Test
    void whatThrowsIsReportedAndTheNextGoesOn() throws Exception {
        PipeEngine engine = engines.start(1);
        blockAll(engine, 1);
        CountDownLatch done = new CountDownLatch(1);

        engine.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        engine.execute(done::countDown);

        await().until(() -> done.getCount() == 0);
        assertThat(engines.takeErrors())
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("on purpose"));
        end();
    }

    @Test
    void aBriefTaskThatComesUponTheUsersCodeGoesOnWithIt() throws Exception {
        PipeEngine engine = engines.start(1);
        blockAll(engine, 1);
        TurningTask task = new TurningTask(engine);

        task.schedule();
        await().until(() -> task.userCode.get() == 1);
        task.schedule();
        await().until(() -> task.userCode.get() == 2);

        assertThat(task.brief).hasPositiveValue();
        task.close();
        assertThat(task.awaitClosed(10_000)).isTrue();
        end();
    }

    private void blockAll(PipeEngine engine, int workers) throws ErrnoException {
        for (int i = 0; i < workers; i++) {
            TestTask blocker = new TestTask(engine, (self, worker) -> {
                awaitQuietly(goOn);
                return Outcome.WAIT;
            });
            blockers.add(blocker);
            blocker.schedule();
        }
        await().until(() -> blockers.stream().allMatch(task -> task.runs() == 1));
    }

    private void end() {
        goOn.countDown();
        blockers.forEach(PipeTask::close);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class BriefTask extends PipeTask {

        private final AtomicInteger runs = new AtomicInteger();

        BriefTask(PipeEngine engine) {
            super(engine);
        }

        @Override
        protected Outcome work(Worker worker) {
            assertThat(worker.mayRunUserCode()).isFalse();
            runs.incrementAndGet();
            return Outcome.WAIT;
        }

        @Override
        protected boolean isBrief() {
            return true;
        }

        @Override
        protected void release() {
            // holds nothing
        }
    }

    /** Brief until it sees that it is not. */
    private static final class TurningTask extends PipeTask {

        private final AtomicInteger brief = new AtomicInteger();
        private final AtomicInteger userCode = new AtomicInteger();

        TurningTask(PipeEngine engine) {
            super(engine);
        }

        @Override
        protected Outcome work(Worker worker) {
            if (worker.mayRunUserCode()) {
                userCode.incrementAndGet();
                return Outcome.WAIT;
            }
            brief.incrementAndGet();
            handOverToUserWork();
            return Outcome.HANDED_OVER;
        }

        @Override
        protected boolean isBrief() {
            return true;
        }

        @Override
        protected void release() {
            // holds nothing
        }
    }
}
