package io.github.camelfifo.examples.benchmark;

import java.io.IOException;

/** Who writes into one or many pipes until it is told to stop, for races that look at what passes meanwhile. */
interface Writers extends AutoCloseable {

    /** Starts to write. Somebody has the pipes open for reading. */
    void begin() throws IOException;

    /** Stops writing; fails when somebody could not write. */
    void awaitEnd() throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
