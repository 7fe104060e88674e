package io.github.camelfifo.examples.benchmark;

/** Measures one thing, of several contestants. */
interface Race {

    String name();

    /** Takes what was measured down in the arena's results, and who could not take part. */
    void run(Arena arena) throws Exception;
}
