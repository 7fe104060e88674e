package io.github.camelfifo;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The threads that came since this object was made, and the CPU they use. */
final class FreshThreads {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WINDOWS = 6;

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Those that are alive now. */
    Set<Thread> now() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .collect(Collectors.toSet());
    }

    /**
     * How much CPU they use while a window lasts, in milliseconds: the least of several windows, since what they had begun
     * before may still go on in the first, and what they do all the time they do in every one. Ends with the first window
     * below a limit. The time of measuring itself is not in it.
     */
    long cpuMillis(Duration window, long limit) throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < WINDOWS && least >= limit; i++) {
            least = Math.min(least, cpuMillis(window));
        }
        return least;
    }

    private long cpuMillis(Duration window) throws InterruptedException {
        Map<Thread, Long> begin = cpuNanos();
        Thread.sleep(window.toMillis());
        long nanos = 0;
        // one that has ended meanwhile takes nothing off, and one that has begun counts
        for (Map.Entry<Thread, Long> end : cpuNanos().entrySet()) {
            nanos += end.getValue() - begin.getOrDefault(end.getKey(), 0L);
        }
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private Map<Thread, Long> cpuNanos() {
        Map<Thread, Long> each = new HashMap<>();
        for (Thread thread : now()) {
            long nanos = THREADS.getThreadCpuTime(thread.getId());
            if (nanos >= 0) {
                each.put(thread, nanos);
            }
        }
        return each;
    }
}
