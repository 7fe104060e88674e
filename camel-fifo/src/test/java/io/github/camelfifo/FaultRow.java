package io.github.camelfifo;

import io.github.camelfifo.testing.CallSites.Injection;
import java.util.Locale;

/**
 * A row of the table.
 *
 * @param injection what has gone wrong
 * @param play      while what was done
 * @param outcome   with which consequence
 * @param detail    what is not in the table
 */
record FaultRow(Injection injection, String play, Outcome outcome, String detail) {

    /** From good to bad. */
    enum Outcome {
        NOT_REACHED,
        /** Nobody noticed. */
        SURVIVED,
        /** All that was to be done was done, and the failure was logged or handed to the exception handler. */
        SURVIVED_AND_TOLD,
        /** Bytes were left or lost, and the log says so. */
        LOSS_TOLD,
        /** With an exception that names the call, the reason and the path. */
        RECEIVE_FAILS,
        MESSAGE_FAILS,
        START_FAILS,
        STOP_FAILS,
        UNCLEAR,
        SILENT,
        LEAKS,
        SPINS,
        DOES_NOT_RECOVER,
        HANGS;

        boolean isBad() {
            return compareTo(UNCLEAR) >= 0;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** All but the outcome. */
    String cells() {
        return injection.site().call() + " | " + injection.site().place() + " | " + injection.fault() + " "
                + injection.extent() + " | " + play;
    }

    @Override
    public String toString() {
        return cells() + " | " + outcome + "\n    " + detail;
    }
}
