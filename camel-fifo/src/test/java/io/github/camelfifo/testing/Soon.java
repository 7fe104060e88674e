package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Awaitility for what takes microseconds rather than seconds: it looks at once, and then often. */
public final class Soon {

    private static final Duration INTERVAL = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Soon() {}

    /** To be used as {@link Awaitility#await()}. */
    public static ConditionFactory await() {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(INTERVAL)
                .atMost(PATIENCE);
    }

    /** Waits without sleeping, for what takes a microsecond and is waited for a hundred thousand times. */
    public static void spinUntil(BooleanSupplier condition, String description) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                fail("Not within " + PATIENCE + ": " + description);
            }
            letOthersRun();
        }
    }

    /** Lets another thread have this processor, if one waits for it. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint for speed; nothing relies on it
    public static void letOthersRun() {
        Thread.yield();
    }
}
