package io.github.camelfifo.examples.rollingrestart;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** A script writes orders; one version of the program after the other takes them over; the last one but one is killed. */
final class Scenario implements AutoCloseable {

    private static final List<String> STARTS_SOON = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** What a JVM's exit code is after SIGTERM, and after {@code kill -9}. */
    private static final int TERMINATED = 143;

    private static final int KILLED = 137;

    /** The figures tell the time. This only tells that somebody has taken over, also where the machine has much else to do. */
    private static final Duration LONGEST_TAKEOVER = Duration.ofSeconds(30);

    private final Path folder;
    private final Path orders;
    private final Path invoices;
    private final Report report;
    private final List<ChildProcess> processes = new ArrayList<>();
    private int versions;

    /**
     * Starts nothing yet.
     *
     * @param folder for the named pipe and the invoices; empty
     */
    Scenario(Path folder, Report report) {
        this.folder = folder;
        this.orders = folder.resolve("orders");
        this.invoices = folder.resolve("invoices");
        this.report = report;
    }

    /**
     * All of it.
     *
     * @param restarts how often a new version takes over from an old one that is asked to end
     */
    void run(int restarts) throws IOException, InterruptedException, TimeoutException {
        Programs.mkfifo(orders);
        Path stop = folder.resolve("stop");
        report.step("1. Version 1 reads, and a shell script writes orders without a pause");
        ChildProcess old = newVersion();
        awaitReading(old);
        ChildProcess writer = add(ChildProcess.sh("orders.sh", line -> {}, orders, stop));

        report.step("2. A new version starts and stands by, and the old one gets SIGTERM: " + restarts + " times");
        for (int i = 0; i < restarts; i++) {
            old = replace(old);
        }

        report.step("3. A new version stands by, and the old one is killed with kill -9");
        old = replaceKilled(old);

        report.step("4. The script ends, and then the last version does");
        Files.createFile(stop);
        ChildProcess.Result written = writer.await();
        report.check(written.exitCode() == 0, "the script has ended with exit code " + written.exitCode());
        end(old, versions);
        int lines = written.exitCode() == 0 ? Integer.parseInt(written.lines().get(0)) : 0;
        check(lines, restarts, Invoices.read(invoices));
    }

    private ChildProcess newVersion() throws IOException {
        versions++;
        return add(ChildProcess.java(STARTS_SOON, Version.class, line -> {}, orders, invoices, versions));
    }

    private ChildProcess add(ChildProcess process) {
        processes.add(process);
        return process;
    }

    private ChildProcess replace(ChildProcess old) throws IOException, InterruptedException, TimeoutException {
        ChildProcess successor = standby();
        end(old, versions - 1);
        awaitReading(successor);
        return successor;
    }

    private ChildProcess replaceKilled(ChildProcess old) throws IOException, InterruptedException, TimeoutException {
        ChildProcess successor = standby();
        // by its process id: nothing of it gets the time to clean up
        old.kill();
        report.check(old.await().exitCode() == KILLED, "version " + (versions - 1) + " is killed");
        awaitReading(successor);
        return successor;
    }

    private ChildProcess standby() throws IOException, InterruptedException, TimeoutException {
        ChildProcess successor = newVersion();
        successor.awaitLine(line -> line.contains("Standing by for " + orders));
        report.says("v" + versions, "stands by");
        return successor;
    }

    private void awaitReading(ChildProcess version) throws InterruptedException, TimeoutException {
        version.awaitLine(line -> line.contains("Reading " + orders));
        report.says("v" + versions, "reads");
    }

    private void end(ChildProcess version, int number) throws InterruptedException, TimeoutException {
        version.terminate();
        int exitCode = version.await().exitCode();
        report.check(exitCode == TERMINATED, "version " + number + " has ended with exit code " + exitCode);
    }

    private void check(int written, int restarts, Invoices found) {
        new Figures(written, found, restarts).print(report);
        List<Invoices.Turn> turns = found.turns();
        report.check(written > 0 && found.lost(written) == 0, "no order of " + written + " is lost");
        report.check(found.misplaced() == 0, "none is out of order");
        report.check(found.wrong() == 0, "each invoice is whole and right");
        report.check(
                turns.stream().map(Invoices.Turn::version).toList().equals(allVersions()),
                "each version has had one turn");
        report.check(
                turns.stream().limit(restarts + 1L).allMatch(turn -> turn.twice() == 0),
                "none came twice, but for those after the kill");
        report.check(
                found.longestPause().compareTo(LONGEST_TAKEOVER) < 0,
                "there was no pause of " + LONGEST_TAKEOVER.toSeconds() + " s");
    }

    private List<Integer> allVersions() {
        List<Integer> all = new ArrayList<>();
        for (int version = 1; version <= versions; version++) {
            all.add(version);
        }
        return all;
    }

    /** Ends what still runs. */
    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
