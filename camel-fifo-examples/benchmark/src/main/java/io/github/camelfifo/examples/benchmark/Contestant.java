package io.github.camelfifo.examples.benchmark;

import java.io.IOException;

/** Who takes part in a race, and stays up between the rounds. */
interface Contestant extends AutoCloseable {

    /** How one comes in. */
    interface Entry {
        /** Fails when this contestant cannot be had here; the message says why. */
        Contestant open() throws Exception;
    }

    /** One round; how many seconds it took. */
    double pass() throws Exception;

    @Override
    default void close() throws IOException {}
}
