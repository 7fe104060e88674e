package io.github.camelfifo.examples.support;

import java.io.PrintStream;
import java.time.Duration;

/** Prints what happens and keeps count of what went as it should. Any thread may use it. */
public final class Report {

    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private int right;
    private int wrong;

    /**
     * A report of what happens from now on.
     *
     * @param out for people
     */
    public Report(PrintStream out) {
        this.out = out;
    }

    /** The next part of the example begins. */
    public synchronized void step(String title) {
        out.println();
        out.println(title);
    }

    /** Something that happens, and who does it. */
    public synchronized void says(String who, String what) {
        out.printf("  %-6s  %s%n", who, what);
    }

    /** Something that should be so. */
    public synchronized void check(boolean holds, String what) {
        says(holds ? "ok" : "WRONG", what);
        if (holds) {
            right++;
        } else {
            wrong++;
        }
    }

    /** Whether something was checked, and all of it was so. */
    public synchronized boolean isAllRight() {
        return wrong == 0 && right > 0;
    }

    /** Says how much was as it should be, as the last line. */
    public synchronized void printSummary() {
        Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
        out.printf("%n%d of %d as it should be, in %.1f s%n", right, right + wrong, time.toMillis() / 1000.0);
    }
}
