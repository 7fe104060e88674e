package io.github.camelfifo.soak;

import io.github.camelfifo.testing.LeakCheck;

/**
 * What this JVM holds, when nothing happens.
 *
 * @param descriptors of pipes and the like
 * @param threads of all kinds but those of the soak itself
 * @param heapMegabytes that are in use after a collection
 */
record Footprint(int descriptors, int threads, long heapMegabytes) {

    private static final int COLLECTIONS = 3;

    static Footprint now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return new Footprint(
                LeakCheck.openDescriptors().size(),
                (int) Thread.getAllStackTraces().keySet().stream()
                        .filter(each -> !each.getName().equals(Soak.THREAD_NAME))
                        .count(),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }
}
