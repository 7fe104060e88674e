package io.github.camelfifo.examples.python;

import java.io.PrintStream;
import java.time.Duration;

/** Prints what happens and keeps count of what went as it should. */
final class Report {

    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private int right;
    private int wrong;

    Report(PrintStream out) {
        this.out = out;
    }

    void step(String title) {
        out.println();
        out.println(title);
    }

    void says(String who, String what) {
        out.printf("  %-6s  %s%n", who, what);
    }

    /** Something that should be so. */
    void check(boolean holds, String what) {
        says(holds ? "ok" : "WRONG", what);
        if (holds) {
            right++;
        } else {
            wrong++;
        }
    }

    boolean isAllRight() {
        return wrong == 0 && right > 0;
    }

    void printSummary() {
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        out.printf("%n%d of %d as it should be, in %.1f s%n", right, right + wrong, time.toMillis() / 1000.0);
    }
}
