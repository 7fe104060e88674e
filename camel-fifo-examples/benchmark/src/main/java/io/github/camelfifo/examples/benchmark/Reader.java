package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Who reads a pipe to the end of what is fed into it. */
interface Reader extends AutoCloseable {

    /** Starts to read. */
    void begin() throws Exception;

    /** Waits until all is read. */
    void awaitEnd() throws Exception;

    @Override
    default void close() throws IOException {}

    /** A child JVM that reads so much. */
    static Reader of(ChildJvm child, long amount) {
        return new Reader() {
            @Override
            public void begin() throws Exception {
                child.ask("expect", amount);
                child.tell("pass", amount);
            }

            @Override
            public void awaitEnd() throws Exception {
                Map<String, Double> unused = child.await();
            }

            @Override
            public void close() {
                child.close();
            }
        };
    }

    /** A program, started each time with the pipe as its last argument, that ends at the end of it. */
    static Reader ofProgram(Fifo fifo, String... program) throws Exception {
        Programs.require(program[0]);
        List<String> command = new ArrayList<>(List.of(program));
        command.add(fifo.path().toString());
        return new Reader() {

            private Process process;

            @Override
            public void begin() throws Exception {
                process = Programs.quiet(command);
            }

            @Override
            public void awaitEnd() throws Exception {
                if (!process.waitFor(Programs.PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    throw new IllegalStateException(program[0] + " did not read to the end");
                }
            }

            @Override
            public void close() {
                if (process != null) {
                    process.destroyForcibly();
                }
            }
        };
    }
}
