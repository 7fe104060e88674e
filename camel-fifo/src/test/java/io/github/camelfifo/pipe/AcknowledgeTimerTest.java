package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AcknowledgeTimerTest {

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final AcknowledgeTimer timer = new AcknowledgeTimer(executor, errors::add);
    private final List<TestPortion> taken = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void eachPortionIsTaken() {
        TestPortion first = add();
        await().until(() -> taken.equals(List.of(first)));

        TestPortion second = add();
        TestPortion third = add();
        await().until(() -> taken.equals(List.of(first, second, third)));
    }

    @Test
    void aPortionIsNotTakenAtOnce() throws Exception {
        for (int i = 1; i <= 20; i++) {
            int count = i;
            long begun = add().begun;
            await().until(() -> taken.size() == count);
            assertThat(Clock.nanos() - begun).isGreaterThan(500_000);
        }
    }

    /** An idle pipe costs no wake-up. */
    @Test
    void nothingIsScheduledWhileNothingIsPending() {
        assertThat(executor.getQueue()).isEmpty();
        add();

        await().until(() -> taken.size() == 1 && executor.getQueue().isEmpty() && executor.getActiveCount() == 0);

        assertThat(executor.getQueue()).isEmpty();
    }

    @Test
    void whatItsOwnerHasTakenIsLeftAlone() {
        TestPortion own = add();
        own.takenByOwner = true;
        TestPortion next = add();

        await().until(() -> taken.contains(next));

        assertThat(taken).containsExactly(next);
    }

    @Test
    void aFailureIsReportedAndStopsNoOther() {
        IOException failure = new IOException("on purpose");
        TestPortion failing = new TestPortion();
        failing.failure = failure;
        timer.add(failing);
        TestPortion next = add();

        await().until(() -> taken.contains(next));

        assertThat(errors).containsExactly(failure);
    }

    private TestPortion add() {
        TestPortion portion = new TestPortion();
        timer.add(portion);
        return portion;
    }

    private final class TestPortion implements AcknowledgeTimer.Portion {

        private final long begun = Clock.nanos();
        private volatile boolean takenByOwner;
        private volatile IOException failure;

        @Override
        public long begunNanos() {
            return begun;
        }

        @Override
        public boolean isTaken() {
            return takenByOwner;
        }

        @Override
        public void take(ByteBuffer memory) throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!takenByOwner) {
                taken.add(this);
            }
        }
    }
}
