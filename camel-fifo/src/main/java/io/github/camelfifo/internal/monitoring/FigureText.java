package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Gauges;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.Set;
import java.util.stream.Collectors;

/** The figures of FIFOs as lines of text, for the dev console. */
public final class FigureText {

    private final StringBuilder text = new StringBuilder();

    /** No line yet. */
    public FigureText() {}

    /**
     * Adds one FIFO or folder. What it is not used for is left out.
     *
     * @param indent blanks before the first line; the others have four more
     * @param roles what is done with it
     */
    public void add(String indent, PipeFigures figures, Set<Role> roles) {
        text.append(indent).append(figures.path()).append(System.lineSeparator());
        String inner = indent + "    ";
        line(inner, "Used by", roles.stream().map(Role::title).collect(Collectors.joining(", ")));
        if (!roles.equals(Set.of(Role.PRODUCER)) && !roles.equals(Set.of(Role.POLLING))) {
            line(inner, "State", figures.state().text());
        }
        if (!roles.equals(Set.of(Role.PRODUCER))) {
            line(inner, "In", in(figures.counts()));
        }
        if (roles.contains(Role.PRODUCER)) {
            line(inner, "Out", out(figures.counts()));
        }
        Gauges gauges = figures.gauges();
        if (gauges.capacity() >= 0) {
            line(inner, "Waiting", gauges.bytesWaiting() + " of " + gauges.capacity() + " bytes");
        }
        if (gauges.inode() >= 0) {
            line(inner, "Inode", String.valueOf(gauges.inode()));
        }
        Failure failure = figures.failure();
        if (failure.text() != null) {
            line(inner, "Last error", failure.time() + " " + failure.text());
        }
    }

    /** Adds a line of its own. */
    public void line(String indent, String title, String value) {
        text.append(indent).append(title).append(": ").append(value).append(System.lineSeparator());
    }

    private static String in(Counts counts) {
        return "bytes " + counts.bytesIn() + ", frames " + counts.framesIn() + ", sessions " + counts.sessions()
                + ", oversized " + counts.oversized() + ", malformed " + counts.malformed() + ", redelivered "
                + counts.redelivered();
    }

    private static String out(Counts counts) {
        return "bytes " + counts.bytesOut() + ", frames " + counts.framesOut() + ", discarded " + counts.discarded()
                + ", reader waits " + counts.readerWaits();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
