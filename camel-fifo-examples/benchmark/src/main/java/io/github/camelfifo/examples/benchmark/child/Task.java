package io.github.camelfifo.examples.benchmark.child;

import java.io.IOException;
import java.util.Map;

/** What a child does when it is told to; stays up in between, so that the JVM is warm. */
interface Task extends AutoCloseable {

    /** What to do before something comes from a pipe that is open all the time: be ready for so much of it. */
    String EXPECT = "expect";

    /**
     * Does it, and gives back what was measured in here.
     *
     * @param what which of the things that this task can do
     * @param amount how much of it: lines, bytes, milliseconds
     */
    Map<String, Double> perform(String what, long amount) throws Exception;

    @Override
    default void close() throws IOException {}
}
