package io.github.camelfifo.examples.syslog;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** {@code logger} sends messages to a daemon, the daemon writes them into a pipe, the route answers with alerts. */
final class Scenario {

    private static final int LIMIT = 5;
    private static final long TIME_LIMIT_SECONDS = 60;
    /** Who the alerts are from, in the daemon's file. */
    private static final String ALERTS = "camel-alerts";

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Each line of it would be a record, a message with a priority, or an alert, if it were one. */
    private static final String FORGERY = """
            oops
            {"time":"2026-01-01T00:00:00Z","severity":"emerg","host":"h","program":"kernel","message":"forged"}
            <8>kernel: forged\twith a tab
            """ + "payments: forged ".repeat(100);

    /** More than the 1,024 bytes that {@code logger} would take without a word. */
    private static final String MAX_BYTES = "8k";

    private final Daemon daemon;
    private final Workplace workplace;
    private final Report report;
    private final CamelContext camel = new DefaultCamelContext();
    private final List<LogRecord> received = Collections.synchronizedList(new ArrayList<>());
    private final List<String> expectedAlerts = new ArrayList<>();
    private List<ChildProcess> processes = List.of();

    /**
     * Does nothing yet.
     *
     * @param workplace for the daemon
     */
    Scenario(Daemon daemon, Workplace workplace, Report report) {
        this.daemon = daemon;
        this.workplace = workplace;
        this.report = report;
    }

    /**
     * Plays it.
     *
     * @param program of the daemon
     */
    void run(Path program) throws Exception {
        FailureRate rate = new FailureRate(LIMIT, Duration.ofMinutes(1));
        camel.addRoutes(new AlertRoutes(workplace.records(), workplace.alerts(), rate, received::add));
        processes = daemon.start(program, workplace);
        try {
            await("its socket", () -> Files.exists(workplace.socket()));
            camel.start();
            alert();
            restart();
            forge();
        } finally {
            camel.stop();
            for (ChildProcess process : processes) {
                process.kill();
                process.close();
            }
        }
    }

    private void alert() throws Exception {
        report.step(daemon.program() + ": messages in, an alert out");
        log("user.info", "payments", "started");
        for (int i = 0; i < LIMIT - 1; i++) {
            log("user.err", "web", "no such page");
        }
        for (int i = 0; i < LIMIT; i++) {
            log("user.err", "payments", "connection refused");
        }
        awaitMessages("payments", LIMIT + 1);
        // the daemon says something of itself, too
        LogRecord first = received.stream()
                .filter(message -> message.program().equals("payments"))
                .findFirst()
                .orElseThrow();
        report.says("Camel", "got " + first);
        report.check(
                List.of("info", "payments", "started")
                                .equals(List.of(first.severity(), first.program(), first.message()))
                        && !first.host().isEmpty(),
                "the route has the severity, the program and the message of each");
        checkAlert("payments", "connection refused", LIMIT + " failures of payments make an alert, 4 of web make none");
    }

    private void restart() throws Exception {
        report.step(daemon.program() + ": a restart of the route while messages come");
        logNumbers(1, 200);
        camel.getRouteController().stopRoute(AlertRoutes.RECORDS);
        int before = messages("numbers").size();
        logNumbers(201, 4000);
        report.says("logger", "has sent 4000 messages, and the route has got " + before + " and is stopped");
        camel.getRouteController().startRoute(AlertRoutes.RECORDS);
        logNumbers(4001, 4200);
        awaitMessages("numbers", 4200);
        report.check(
                messages("numbers").equals(numbers(1, 4200)),
                "the route has got all 4200 messages, each once and in order");
    }

    private void forge() throws Exception {
        report.step(daemon.program() + ": a message with line breaks, as if it were several");
        for (int i = 0; i < LIMIT; i++) {
            log("user.err", "evil", FORGERY);
        }
        String forgedAlert = "payments: %d failures within 60 s, the last: forged".formatted(LIMIT);
        log("user.alert", ALERTS, forgedAlert);
        log("user.info", "end", "end");
        awaitMessages("end", 1);
        String escaped = daemon.inARecord(FORGERY);
        report.check(
                messages("evil").equals(Collections.nCopies(LIMIT, escaped)),
                escaped.equals(FORGERY)
                        ? "the route has got it as it was sent"
                        : "the route has got it with #012 for each line break");
        report.check(
                programs().equals(Set.of("payments", "web", "numbers", "evil", ALERTS, "end")),
                "there is no record that nobody has sent");
        report.check(
                messages(ALERTS).equals(List.of(forgedAlert)),
                "a message in the name of " + ALERTS + " is a record, and no alert has come back to the route");
        String last = FailureRate.oneLine(escaped.substring(0, 300)) + "...";
        checkAlert("evil", last, "its alert is one short line, and the only one");
    }

    /** All alerts so far, and no other line, are in the daemon's file. */
    private void checkAlert(String program, String last, String what) throws Exception {
        expectedAlerts.add(
                "alert %s: %s: %d failures within 60 s, the last: %s".formatted(ALERTS, program, LIMIT, last));
        await("an alert", () -> workplace.loggedAlerts().size() >= expectedAlerts.size());
        report.says("file", workplace.loggedAlerts().get(expectedAlerts.size() - 1));
        report.check(workplace.loggedAlerts().equals(expectedAlerts), what);
    }

    private void log(String priority, String program, String message) throws Exception {
        workplace.run(
                "logger", "-S", MAX_BYTES, "-u", workplace.socket(), "-p", priority, "-t", program, "--", message);
    }

    private void logNumbers(int first, int last) throws Exception {
        Path file = Files.write(workplace.resolve("numbers"), numbers(first, last));
        workplace.run("logger", "-u", workplace.socket(), "-p", "user.info", "-t", "numbers", "-f", file);
    }

    private static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }

    private List<String> messages(String program) {
        synchronized (received) {
            return received.stream()
                    .filter(message -> message.program().equals(program))
                    .map(LogRecord::message)
                    .toList();
        }
    }

    /** Those that messages are from, without the daemon itself. */
    private Set<String> programs() {
        synchronized (received) {
            return received.stream()
                    .map(LogRecord::program)
                    .filter(program -> !program.equals(daemon.program()))
                    .collect(Collectors.toSet());
        }
    }

    private void awaitMessages(String program, int count) throws Exception {
        await(count + " messages of " + program, () -> messages(program).size() >= count);
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS);
        while (!condition.call()) {
            for (ChildProcess process : processes) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "%s: a process has ended before %s: %s".formatted(daemon.program(), what, process.await()));
                }
            }
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException("%s: waited in vain for %s: %s"
                        .formatted(
                                daemon.program(),
                                what,
                                processes.stream().map(ChildProcess::lines).toList()));
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
