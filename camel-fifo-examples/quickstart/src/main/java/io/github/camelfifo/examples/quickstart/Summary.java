package io.github.camelfifo.examples.quickstart;

import java.time.Duration;

/**
 * How it went.
 *
 * @param written     as the scripts that wrote them say
 * @param received    lines that Camel got
 * @param read        as the script that read the invoices says
 * @param misplaced   invoices that came out of order
 * @param filesLeft   named pipes that are still there
 * @param bulkTime    of the last step, from the first order's writing to the end of Camel's stop
 * @param total       of everything
 */
record Summary(
        Tally written, long received, Tally read, long misplaced, long filesLeft, Duration bulkTime, Duration total) {

    /** Whether every line arrived once, in order, and right, and nothing was left behind. */
    boolean isRight() {
        return written.lines() > 0
                && received == written.lines()
                && read.equals(written)
                && misplaced == 0
                && filesLeft == 0;
    }

    @Override
    public String toString() {
        return String.format(
                """

                Summary
                  orders written by sh     %,7d   worth %,d
                  orders that Camel got    %,7d
                  invoices read by sh      %,7d   worth %,d
                  out of order             %,7d
                  named pipes left behind  %,7d
                  time                     %7.1f s, of which the last step took %.1f s
                %s""",
                written.lines(),
                written.total(),
                received,
                read.lines(),
                read.total(),
                misplaced,
                filesLeft,
                seconds(total),
                seconds(bulkTime),
                isRight() ? "All is right." : "THE NUMBERS ARE WRONG.");
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
