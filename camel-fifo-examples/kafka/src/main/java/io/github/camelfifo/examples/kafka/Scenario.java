package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Shells write into pipes of machine A and read from pipes of machine B, while A, the broker and B are killed in turn. */
final class Scenario implements AutoCloseable {

    /** Starts quickly. */
    static final List<String> SMALL_JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String TOPIC = "lines";
    private static final String PAUSE_SECONDS = "0.05";
    private static final int NO_END = 100_000_000;

    private final int bulk;
    private final int timed;
    private final Report report;
    private final Path stop;
    private final Shells shells;
    private final Broker broker;
    private final List<ChildProcess> machines = new ArrayList<>();

    /**
     * Makes the pipes, and starts the shells that read and hold.
     *
     * @param folder for the pipes; neither {@code a} nor {@code b} is in it
     * @param broker has no topic {@code lines} yet; is killed and started again
     * @param bulk   so many lines go into each pipe as fast as a shell writes
     * @param timed  so many lines go into each pipe slowly, to see how long one takes
     */
    Scenario(Path folder, Broker broker, int bulk, int timed, Report report) throws Exception {
        this.broker = broker;
        this.bulk = bulk;
        this.timed = timed;
        this.report = report;
        stop = folder.resolve("stop");
        shells = new Shells(folder.resolve("a"), folder.resolve("b"));
    }

    /** Plays it, and reports what is right and what is not. */
    void run() throws Exception {
        report.step("A broker, machine A, machine B, and shells at both ends");
        broker.createTopic(TOPIC, 2);
        report.says("broker", "runs, with a topic of 2 partitions");
        ChildProcess machineA = startA();
        ChildProcess machineB = startB();
        report.says("A, B", "run");

        report.step("Lines as fast as " + Shells.PIPES.size() + " shells write them");
        measureRate();
        report.step("Lines at leisure");
        measureLatency();

        report.step("While shells write, each is killed by kill -9 and started again");
        List<ChildProcess> writers = shells.write(bulk + timed + 1, NO_END, PAUSE_SECONDS, stop);
        shells.awaitLineOfEach(Shells.now());
        measureOutage("A", () -> {
            machineA.kill();
            startA();
        });
        measureOutage("broker", () -> {
            broker.kill();
            broker.start();
        });
        measureOutage("B", () -> {
            machineB.kill();
            startB();
        });
        Files.createFile(stop);
        checkAll(Shells.lastNumbers(writers));
    }

    @Override
    public void close() {
        machines.forEach(ChildProcess::close);
        shells.close();
    }

    private ChildProcess startA() throws Exception {
        return start(Sender.class, broker.address(), TOPIC, shells.written());
    }

    private ChildProcess startB() throws Exception {
        return start(Receiver.class, broker.address(), TOPIC, "b", shells.read());
    }

    private ChildProcess start(Class<?> mainClass, Object... arguments) throws Exception {
        ChildProcess machine = ChildProcess.java(SMALL_JVM, mainClass, line -> {}, arguments);
        machines.add(machine);
        machine.awaitLine(Started.READY::equals);
        return machine;
    }

    private void measureRate() throws Exception {
        int lines = bulk * Shells.PIPES.size();
        long start = System.nanoTime();
        Shells.lastNumbers(shells.write(1, bulk));
        shells.awaitLines(lines);
        double seconds = (System.nanoTime() - start) / 1e9;
        report.check(
                shells.total(Arrivals::twice) == 0,
                String.format("%,d lines have come once, %,.0f a second", lines, lines / seconds));
    }

    private void measureLatency() throws Exception {
        Shells.lastNumbers(shells.write(bulk + 1, bulk + timed, PAUSE_SECONDS));
        shells.awaitLines((bulk + timed) * Shells.PIPES.size());
        double[] millis = shells.takeLatencies();
        report.says(
                "time",
                String.format(
                        "of %d lines from shell to shell: median %.0f ms, 99 of 100 within %.0f ms",
                        millis.length, Arrivals.percentile(millis, 0.5), Arrivals.percentile(millis, 0.99)));
    }

    /** Until a line has come through each pipe that was written after the kill. */
    private void measureOutage(String victim, Action killAndStart) throws Exception {
        int before = shells.total(Arrivals::twice);
        long killed = Shells.now();
        killAndStart.run();
        shells.awaitLineOfEach(killed);
        double seconds = Duration.ofNanos(Shells.now() - killed).toMillis() / 1000.0;
        report.says(
                victim,
                String.format(
                        "was killed: lines go through again after %.1f s, %d came twice",
                        seconds, shells.total(Arrivals::twice) - before));
    }

    private void checkAll(List<Integer> written) throws InterruptedException {
        report.step("In the end");
        int lines = written.stream().mapToInt(Integer::intValue).sum();
        report.says("shells", String.format("have written %,d lines and noticed nothing", lines));
        try {
            shells.awaitLines(lines);
        } catch (TimeoutException e) {
            report.check(false, e.getMessage());
        }
        int missing = shells.missing(written);
        report.check(missing == 0, "lost: " + missing);
        int torn = shells.total(Arrivals::torn);
        report.check(torn == 0, "torn: " + torn);
        int misplaced = shells.total(Arrivals::misplaced);
        report.check(misplaced == 0, "out of order, by their first arrival: " + misplaced);
        report.says("twice", String.format("%,d", shells.total(Arrivals::twice)));
    }

    private interface Action {
        void run() throws Exception;
    }
}
