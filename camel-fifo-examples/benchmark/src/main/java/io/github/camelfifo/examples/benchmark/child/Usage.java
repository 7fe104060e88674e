package io.github.camelfifo.examples.benchmark.child;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process uses. */
final class Usage {

    private static final int COLLECTIONS = 3;

    private Usage() {}

    /** Of each Java thread, in nanoseconds: the compiler's and the collector's work is nobody's in particular. */
    static Map<Long, Long> cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getAllThreadIds())
                .boxed()
                .collect(Collectors.toMap(thread -> thread, thread -> Math.max(0, threads.getThreadCpuTime(thread))));
    }

    /** What was used since then; of a thread that has ended nobody knows any more. */
    static double cpuMillisSince(Map<Long, Long> before) {
        Map<Long, Long> now = cpu();
        return now.entrySet().stream()
                        .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                        .filter(nanos -> nanos > 0)
                        .sum()
                / 1e6;
    }

    static double threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** In bytes, after what nobody needs is gone. */
    static double heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Direct buffers, in bytes. */
    static double direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** The process's memory, in bytes. */
    static double resident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                        .sum()
                * 1024;
    }

    static double descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        }
    }
}
