package io.github.camelfifo.examples.benchmark;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What the system allows. */
final class Limits {

    private Limits() {}

    /** How many descriptors a JVM may have open. */
    static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getMaxFileDescriptorCount();
    }
}
