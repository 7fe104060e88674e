package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/** Shells write into pipes of machine A and read from pipes of machine B, while A, the broker and B are killed in turn. */
final class Scenario implements AutoCloseable {

    /** Starts quickly. */
    static final List<String> SMALL_JVM = List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final String TOPIC = "lines";
    private static final List<String> PIPES = List.of("access", "invoices", "mail", "orders");
    private static final String PAUSE_SECONDS = "0.05";
    private static final int NO_END = 100_000_000;
    private static final long TIME_LIMIT_SECONDS = 120;
    private final int bulk;
    private final int timed;
    private final Report report;
    private final Path pipesOfA;
    private final Path pipesOfB;
    private final Path stop;
    private final Map<String, Arrivals> arrivals = new LinkedHashMap<>();
    private final List<ChildProcess> children = new ArrayList<>();
    private final Broker broker;

    /**
     * Does nothing yet.
     *
     * @param folder for the pipes; empty
     * @param broker has no topic yet; is killed and started again
     * @param bulk   so many lines go into each pipe as fast as a shell writes
     * @param timed  so many lines go into each pipe slowly, to see how long one takes
     */
    Scenario(Path folder, Broker broker, int bulk, int timed, Report report) throws IOException {
        this.broker = broker;
        this.bulk = bulk;
        this.timed = timed;
        this.report = report;
        pipesOfA = Files.createDirectories(folder.resolve("a"));
        pipesOfB = Files.createDirectories(folder.resolve("b"));
        stop = folder.resolve("stop");
    }

    /** Plays it, and reports what is right and what is not. */
    void run() throws Exception {
        report.step("A broker, machine A, machine B, and shells at both ends");
        broker.createTopic(TOPIC, 2);
        report.says("broker", "runs, with a topic of 2 partitions");
        openPipes();
        ChildProcess machineA = startA();
        ChildProcess machineB = startB();
        report.says("A, B", "run");

        report.step("Lines as fast as " + PIPES.size() + " shells write them");
        measureRate();
        report.step("Lines at leisure");
        measureLatency();

        report.step("While shells write, each is killed by kill -9 and started again");
        List<ChildProcess> writers = startWriters(bulk + timed + 1, NO_END, PAUSE_SECONDS, stop);
        awaitLineOfEach(now());
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
        checkAll(lastNumbers(writers));
    }

    @Override
    public void close() {
        children.forEach(ChildProcess::close);
    }

    private void openPipes() throws Exception {
        List<Path> held = new ArrayList<>();
        for (String pipe : PIPES) {
            held.add(Programs.mkfifo(pipesOfA.resolve(pipe)));
            Arrivals ofPipe = new Arrivals();
            arrivals.put(pipe, ofPipe);
            Path output = Programs.mkfifo(pipesOfB.resolve(pipe));
            children.add(ChildProcess.sh("read.sh", line -> ofPipe.add(line, now()), output));
        }
        ChildProcess holder = ChildProcess.sh("hold.sh", line -> {}, held.toArray());
        children.add(holder);
        holder.awaitLine("holding"::equals);
    }

    private ChildProcess startA() throws Exception {
        return start(Sender.class, broker.address(), TOPIC, pipesOfA);
    }

    private ChildProcess startB() throws Exception {
        return start(Receiver.class, broker.address(), TOPIC, "b", pipesOfB);
    }

    private ChildProcess start(Class<?> mainClass, Object... arguments) throws Exception {
        ChildProcess machine = ChildProcess.java(SMALL_JVM, mainClass, line -> {}, arguments);
        children.add(machine);
        machine.awaitLine(Sender.READY::equals);
        return machine;
    }

    private List<ChildProcess> startWriters(int first, int last, Object... pauseAndStop) throws IOException {
        List<ChildProcess> writers = new ArrayList<>();
        for (String pipe : PIPES) {
            List<Object> arguments = new ArrayList<>(List.of(pipesOfA.resolve(pipe), first, last));
            arguments.addAll(List.of(pauseAndStop));
            writers.add(ChildProcess.sh("write.sh", line -> {}, arguments.toArray()));
        }
        children.addAll(writers);
        return writers;
    }

    private void measureRate() throws Exception {
        long start = System.nanoTime();
        lastNumbers(startWriters(1, bulk));
        awaitAll(() -> total(Arrivals::count) == bulk * PIPES.size());
        double seconds = (System.nanoTime() - start) / 1e9;
        report.check(
                total(Arrivals::twice) == 0,
                String.format(
                        "%,d lines have come once, %,.0f a second",
                        total(Arrivals::count), bulk * PIPES.size() / seconds));
    }

    private void measureLatency() throws Exception {
        lastNumbers(startWriters(bulk + 1, bulk + timed, PAUSE_SECONDS));
        awaitAll(() -> total(Arrivals::count) == (bulk + timed) * PIPES.size());
        double[] millis = Arrivals.sorted(
                arrivals.values().stream().map(Arrivals::takeLatencies).toList());
        report.says(
                "time",
                String.format(
                        "of %d lines from shell to shell: median %.1f ms, 99 of 100 within %.1f ms",
                        millis.length, Arrivals.percentile(millis, 0.5), Arrivals.percentile(millis, 0.99)));
    }

    /** Until a line has come through each pipe that was written after the kill. */
    private void measureOutage(String victim, Action killAndStart) throws Exception {
        int before = total(Arrivals::twice);
        long killed = now();
        killAndStart.run();
        awaitLineOfEach(killed);
        report.says(
                victim,
                String.format(
                        "was killed: lines go through again after %.1f s, %d came twice",
                        Duration.ofNanos(now() - killed).toMillis() / 1000.0, total(Arrivals::twice) - before));
    }

    private void checkAll(List<Integer> written) throws Exception {
        report.step("In the end");
        int total = written.stream().mapToInt(Integer::intValue).sum();
        report.says("shells", String.format("have written %,d lines and noticed nothing", total));
        boolean complete = isReached(() -> total(Arrivals::count) >= total);
        int missing = 0;
        for (int i = 0; i < PIPES.size(); i++) {
            missing += arrivals.get(PIPES.get(i)).missing(written.get(i));
        }
        report.check(complete && missing == 0, String.format("lost: %d", missing));
        report.check(total(Arrivals::torn) == 0, "torn: " + total(Arrivals::torn));
        report.check(
                total(Arrivals::misplaced) == 0, "out of order, by their first arrival: " + total(Arrivals::misplaced));
        report.says("twice", String.format("%,d", total(Arrivals::twice)));
    }

    /** All of them, when all have ended well. */
    private static List<Integer> lastNumbers(List<ChildProcess> writers) throws Exception {
        List<Integer> numbers = new ArrayList<>();
        for (ChildProcess writer : writers) {
            numbers.add(Integer.valueOf(writer.lastLine()));
        }
        return numbers;
    }

    private int total(ToIntFunction<Arrivals> figure) {
        return arrivals.values().stream().mapToInt(figure).sum();
    }

    private void awaitLineOfEach(long writtenAfter) throws Exception {
        awaitAll(() -> arrivals.values().stream().allMatch(each -> each.hasOneWrittenAfter(writtenAfter)));
    }

    private void awaitAll(Condition condition) throws Exception {
        if (!isReached(condition)) {
            throw new TimeoutException("The lines do not come; so many have: " + total(Arrivals::count));
        }
    }

    private static boolean isReached(Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        return true;
    }

    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    private interface Action {
        void run() throws Exception;
    }

    private interface Condition {
        boolean holds();
    }
}
