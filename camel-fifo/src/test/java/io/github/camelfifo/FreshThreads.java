package io.github.camelfifo;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads that came since this object was made, and the CPU they use. */
final class FreshThreads {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Those that are alive now. */
    Set<Thread> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .collect(Collectors.toSet());
    }

    /** How much CPU they use while the window lasts, in milliseconds. The time of measuring itself is not in it. */
    long cpuMillis(Duration window) throws InterruptedException {
        Set<Thread> measured = now();
        long begin = cpuNanos(measured);
        Thread.sleep(window.toMillis());
        return TimeUnit.NANOSECONDS.toMillis(cpuNanos(measured) - begin);
    }

    private static long cpuNanos(Set<Thread> threads) {
        return threads.stream()
                .mapToLong(thread -> Math.max(0, THREADS.getThreadCpuTime(thread.getId())))
                .sum();
    }
}
