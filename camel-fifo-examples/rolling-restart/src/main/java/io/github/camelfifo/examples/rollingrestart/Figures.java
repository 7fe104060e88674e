package io.github.camelfifo.examples.rollingrestart;

import io.github.camelfifo.examples.support.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The figures, for people.
 *
 * @param written  by the script, as it says
 * @param found    what came of it
 * @param restarts how many of the changes from one version to the next were restarts; the others were crashes
 */
record Figures(int written, Invoices found, int restarts) {

    void print(Report report) {
        report.step("Figures");
        List<Duration> takeovers = new ArrayList<>();
        Invoices.Turn before = null;
        for (Invoices.Turn turn : found.turns()) {
            String how = before == null ? "" : ", " + millis(turn.since(before)) + " after the one before";
            report.says("v" + turn.version(), turn.lines() + " lines, " + turn.twice() + " of them twice" + how);
            if (before != null && takeovers.size() < restarts) {
                takeovers.add(turn.since(before));
            }
            before = turn;
        }
        Collections.sort(takeovers);
        if (!takeovers.isEmpty()) {
            report.says(
                    "",
                    takeovers.size() + " restarts: median " + millis(takeovers.get(takeovers.size() / 2)) + ", worst "
                            + millis(takeovers.get(takeovers.size() - 1)));
        }
        int twice = found.turns().stream().mapToInt(Invoices.Turn::twice).sum();
        report.says(
                "",
                "written " + written + ", lost " + found.lost(written) + ", twice " + twice + ", out of order "
                        + found.misplaced() + ", longest pause " + millis(found.longestPause()));
    }

    private static String millis(Duration duration) {
        return String.format("%.1f ms", duration.toNanos() / 1e6);
    }
}
