package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Shells write into pipes of machine A and read from pipes of machine B, while A, the broker and B are killed in turn. */
final class Scenario implements AutoCloseable {

    /** Starts quickly. */
    static final List<String> SMALL_JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String TOPIC = "lines";
    private static final String PAUSE_SECONDS = "0.05";

    private final int bulk;
    private final int timed;
    private final int burst;
    private final Report report;
    private final Shells shells;
    private final Broker broker;
    private final List<ChildProcess> machines = new ArrayList<>();
    private int last;

    /**
     * Makes the pipes, and starts the shells that read and hold.
     *
     * @param folder for the pipes; neither {@code a} nor {@code b} is in it
     * @param broker has no topic {@code lines} yet; is killed and started again
     * @param bulk   so many lines go into each pipe as fast as a shell writes
     * @param timed  so many lines go into each pipe slowly, to see how long one takes
     * @param burst  so many lines go into each pipe while one of the three is killed
     */
    Scenario(Path folder, Broker broker, int bulk, int timed, int burst, Report report) throws Exception {
        this.broker = broker;
        this.bulk = bulk;
        this.timed = timed;
        this.burst = burst;
        this.report = report;
        shells = new Shells(folder.resolve("a"), folder.resolve("b"));
    }

    /** Plays it, and reports what is right and what is not. */
    void run() throws Exception {
        try {
            play();
        } catch (TimeoutException e) {
            report.check(false, e.getMessage());
        }
        checkAll();
    }

    private void play() throws Exception {
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
        measureOutage("A", machineA::kill, this::startA);
        measureOutage("broker", broker::kill, broker::start);
        measureOutage("B", machineB::kill, this::startB);
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
        long start = System.nanoTime();
        List<ChildProcess> writers = write(bulk);
        awaitAll(writers);
        double seconds = (System.nanoTime() - start) / 1e9;
        int lines = shells.total(Arrivals::count);
        report.says("rate", String.format("%,d lines have come, %,.0f a second", lines, lines / seconds));
    }

    private void measureLatency() throws Exception {
        awaitAll(write(timed, PAUSE_SECONDS));
        double[] millis = shells.takeLatencies();
        report.says(
                "time",
                String.format(
                        "of %d lines from shell to shell: median %.0f ms, 99 of 100 within %.0f ms",
                        millis.length, Arrivals.percentile(millis, 0.5), Arrivals.percentile(millis, 0.99)));
    }

    /** In the middle of a stream: some lines have come through, and others are in the pipes, in Kafka, or in work. */
    private void measureOutage(String victim, Action kill, Action start) throws Exception {
        int before = shells.total(Arrivals::twice);
        int through = shells.total(Arrivals::count);
        List<ChildProcess> writers = write(burst);
        shells.awaitLines(through + burst / 2);
        kill.run();
        long killed = System.nanoTime();
        int onTheirWay = last * Shells.PIPES.size() - shells.total(Arrivals::count);
        start.run();
        awaitAll(writers);
        double seconds = (System.nanoTime() - killed) / 1e9;
        report.check(
                onTheirWay > 0,
                String.format(
                        "%-6s was killed with %,6d lines on their way: all are through after %.1f s, %,d came twice",
                        victim, onTheirWay, seconds, shells.total(Arrivals::twice) - before));
    }

    private List<ChildProcess> write(int lines, Object... pause) throws Exception {
        List<ChildProcess> writers = shells.write(last + 1, last + lines, pause);
        last += lines;
        return writers;
    }

    private void awaitAll(List<ChildProcess> writers) throws Exception {
        shells.awaitLines(last * Shells.PIPES.size());
        for (ChildProcess writer : writers) {
            writer.lastLine();
        }
    }

    private void checkAll() {
        report.step("In the end");
        report.says("shells", String.format("have written %,d lines and noticed nothing", last * Shells.PIPES.size()));
        int missing = shells.missing(last);
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
