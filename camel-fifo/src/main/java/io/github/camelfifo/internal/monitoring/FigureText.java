package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.PipeFigures;
import java.time.Instant;
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
            line(inner, "State", figures.state());
        }
        if (!roles.equals(Set.of(Role.PRODUCER))) {
            line(inner, "In", in(figures));
        }
        if (roles.contains(Role.PRODUCER)) {
            line(inner, "Out", out(figures));
        }
        if (figures.capacity() >= 0) {
            line(inner, "Waiting", figures.bytesWaiting() + " of " + figures.capacity() + " bytes");
        }
        if (figures.inode() >= 0) {
            line(inner, "Inode", String.valueOf(figures.inode()));
        }
        if (figures.lastError() != null) {
            line(inner, "Last error", Instant.ofEpochMilli(figures.lastErrorMillis()) + " " + figures.lastError());
        }
    }

    /** Adds a line of its own. */
    public void line(String indent, String title, String value) {
        text.append(indent).append(title).append(": ").append(value).append(System.lineSeparator());
    }

    private static String in(PipeFigures figures) {
        return "bytes " + figures.bytesIn() + ", frames " + figures.framesIn() + ", sessions " + figures.sessions()
                + ", oversized " + figures.oversized() + ", malformed " + figures.malformed() + ", redelivered "
                + figures.redelivered();
    }

    private static String out(PipeFigures figures) {
        return "bytes " + figures.bytesOut() + ", frames " + figures.framesOut() + ", discarded " + figures.discarded()
                + ", reader waits " + figures.readerWaits();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
