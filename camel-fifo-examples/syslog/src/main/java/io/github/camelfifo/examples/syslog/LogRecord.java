package io.github.camelfifo.examples.syslog;

import java.util.Objects;
import java.util.Set;

/**
 * What a daemon writes of a message, by the template in its configuration.
 *
 * @param time     when the daemon got it, such as {@code 2026-01-31T12:00:00.123456+00:00}
 * @param severity such as {@code err}
 * @param program  who says so; any process can say any name
 */
record LogRecord(String time, String severity, String host, String program, String message) {

    private static final Set<String> FAILURES = Set.of("emerg", "panic", "alert", "crit", "err", "error");

    /** syslog-ng leaves out what is empty. */
    LogRecord {
        time = Objects.requireNonNullElse(time, "");
        severity = Objects.requireNonNullElse(severity, "");
        host = Objects.requireNonNullElse(host, "");
        program = Objects.requireNonNullElse(program, "");
        message = Objects.requireNonNullElse(message, "");
    }

    /** Whether it is an error or worse. */
    boolean isFailure() {
        return FAILURES.contains(severity);
    }
}
