package io.github.camelfifo.pipe;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.pipe.PipeTask.Outcome;
import io.github.camelfifo.testing.LeakCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(LeakCheck.class)
class WakeUpTest {

    @RegisterExtension
    final TestEngine engines = new TestEngine();

    private TestTask task;
    private WakeUp wakeUp;
    /** When the task ran. */
    private final List<Long> times = new CopyOnWriteArrayList<>();

    @BeforeEach
    void makeTask() throws Exception {
        PipeEngine engine = engines.start(1);
        task = new TestTask(engine, (self, worker) -> {
            times.add(Clock.nanos());
            return Outcome.WAIT;
        });
        wakeUp = new WakeUp(task);
    }

    @AfterEach
    void closeTask() {
        task.close();
    }

    @Test
    void runsTheTaskAtItsTimeAndNotBefore() {
        for (int i = 1; i <= 20; i++) {
            int runs = i;
            long time = Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(2) + i * 77_777L;
            wakeUp.at(time);
            await().until(() -> times.size() == runs);
            assertThat(times.get(i - 1)).isGreaterThanOrEqualTo(time);
        }
    }

    @Test
    void aTimeThatIsOverRunsTheTaskAtOnce() {
        wakeUp.at(Clock.nanos() - TimeUnit.SECONDS.toNanos(1));

        await().until(() -> times.size() == 1);
    }

    @Test
    void neverIsNever() {
        wakeUp.at(Clock.NEVER);

        await().during(Duration.ofMillis(50)).until(() -> times.size() == 0);
    }

    @Test
    void anEarlierTimeReplacesALaterOne() {
        long soon = Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(30);
        wakeUp.at(Clock.nanos() + TimeUnit.SECONDS.toNanos(60));
        wakeUp.at(soon);

        await().atMost(Duration.ofSeconds(10)).until(() -> times.size() == 1);
        assertThat(times.get(0)).isGreaterThanOrEqualTo(soon);
        await().during(Duration.ofMillis(50)).until(() -> times.size() == 1);
    }

    @Test
    void aLaterTimeDoesNotPutAnEarlierOneOff() {
        long soon = Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(30);
        wakeUp.at(soon);
        wakeUp.at(Clock.nanos() + TimeUnit.SECONDS.toNanos(60));

        await().atMost(Duration.ofSeconds(10)).until(() -> times.size() == 1);
    }

    @Test
    void afterItHasRungItCanBeSetAgain() {
        wakeUp.at(Clock.nanos());
        await().until(() -> times.size() == 1);
        wakeUp.at(Clock.nanos() + TimeUnit.MILLISECONDS.toNanos(5));
        await().until(() -> times.size() == 2);
    }
}
