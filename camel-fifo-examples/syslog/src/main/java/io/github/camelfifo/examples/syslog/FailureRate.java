package io.github.camelfifo.examples.syslog;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Finds programs that fail often. Its clock is the time in the records: so a backlog that is read at once after a restart
 * makes no alert that it would not have made before. For one thread at a time, as a route has it.
 */
final class FailureRate {

    /** Names of programs are the senders' choice, so there may be any number of them. */
    private static final int MAX_PROGRAMS = 1_000;

    /** In characters: so an alert is far shorter than what a pipe and the daemons take as one piece, whatever the sender writes. */
    private static final int MAX_PROGRAM = 60;

    private static final int MAX_MESSAGE = 300;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x{85}\\x{2028}\\x{2029}]");

    private final int limit;
    private final Duration window;

    @SuppressWarnings("serial") // is never serialized
    private final Map<String, Deque<OffsetDateTime>> timesByProgram = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<OffsetDateTime>> eldest) {
            return size() > MAX_PROGRAMS;
        }
    };

    /**
     * One that has seen nothing yet.
     *
     * @param limit  so many failures of a program ...
     * @param window ... within this time are an alert; then they are counted from 0 again
     */
    FailureRate(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
    }

    /**
     * Counts a failure.
     *
     * @return an alert, which is a short line without control characters, or null when there is nothing to alert
     */
    String alert(LogRecord failure) {
        OffsetDateTime now = OffsetDateTime.parse(failure.time());
        Deque<OffsetDateTime> times =
                timesByProgram.computeIfAbsent(failure.program(), program -> new ArrayDeque<>(limit));
        while (!times.isEmpty() && times.peekFirst().isBefore(now.minus(window))) {
            times.removeFirst();
        }
        times.addLast(now);
        if (times.size() < limit) {
            return null;
        }
        times.clear();
        return oneLine("%s: %d failures within %d s, the last: %s"
                .formatted(
                        shortened(failure.program(), MAX_PROGRAM),
                        limit,
                        window.toSeconds(),
                        shortened(failure.message(), MAX_MESSAGE)));
    }

    private static String shortened(String text, int length) {
        return text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length)) + "...";
    }

    /** What the sender wrote is text in our line, and no line of its own. */
    static String oneLine(String text) {
        return CONTROL.matcher(text)
                .replaceAll(match -> "#%03o".formatted((int) match.group().charAt(0)));
    }
}
