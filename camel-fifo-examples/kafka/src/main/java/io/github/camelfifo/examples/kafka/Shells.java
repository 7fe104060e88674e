package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/** The shells at both ends: they write numbered lines into the pipes of one folder, and read those of another. */
final class Shells implements AutoCloseable {

    /** Their keys are of both partitions. */
    static final List<String> PIPES = List.of("access", "invoices", "mail", "orders");

    private static final long STANDSTILL_SECONDS = 60;

    private final Path written;
    private final Path read;
    private final Map<String, Arrivals> arrivals = new LinkedHashMap<>();
    private final List<ChildProcess> children = new ArrayList<>();

    /**
     * Makes the folders, with the pipes in them, and starts to read. A process holds the pipes for writers.
     *
     * @param written is to be made, for the pipes that are written
     * @param read    is to be made, for the pipes that are read
     */
    Shells(Path written, Path read) throws Exception {
        this.written = Files.createDirectory(written);
        this.read = Files.createDirectory(read);
        List<Path> held = new ArrayList<>();
        for (String pipe : PIPES) {
            held.add(Programs.mkfifo(written.resolve(pipe)));
            Arrivals ofPipe = new Arrivals();
            arrivals.put(pipe, ofPipe);
            Path output = Programs.mkfifo(read.resolve(pipe));
            children.add(ChildProcess.sh("read.sh", line -> ofPipe.add(line, now()), output));
        }
        ChildProcess holder = ChildProcess.sh("hold.sh", line -> {}, held.toArray());
        children.add(holder);
        holder.awaitLine("holding"::equals);
    }

    Path written() {
        return written;
    }

    Path read() {
        return read;
    }

    /**
     * Starts a writer for each pipe.
     *
     * @param first the number of its first line
     * @param last  the number of its last line
     * @param pause the fourth argument of {@code write.sh}, if any
     */
    List<ChildProcess> write(int first, int last, Object... pause) throws Exception {
        List<ChildProcess> writers = new ArrayList<>();
        for (String pipe : PIPES) {
            List<Object> arguments = new ArrayList<>(List.of(written.resolve(pipe), first, last));
            arguments.addAll(List.of(pause));
            writers.add(ChildProcess.sh("write.sh", line -> {}, arguments.toArray()));
        }
        children.addAll(writers);
        return writers;
    }

    /** A figure of all pipes. */
    int total(ToIntFunction<Arrivals> figure) {
        return arrivals.values().stream().mapToInt(figure).sum();
    }

    /** How many lines have not come, if this is the number of the last line of each pipe. */
    int missing(int last) {
        return total(each -> each.missing(last));
    }

    /** How long the lines took, in milliseconds and in ascending order; those since the last call. */
    double[] takeLatencies() {
        return Arrivals.sorted(
                arrivals.values().stream().map(Arrivals::takeLatencies).toList());
    }

    /** Waits until so many different lines have come, as long as any come. */
    void awaitLines(int count) throws InterruptedException, TimeoutException {
        int seen = 0;
        long deadline = 0;
        for (int now = total(Arrivals::count); now < count; now = total(Arrivals::count)) {
            if (now > seen || deadline == 0) {
                seen = now;
                deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STANDSTILL_SECONDS);
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("The lines do not come; so many have: " + now);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** In nanoseconds since 1970, as {@code date} in the scripts has it. */
    static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public void close() {
        children.forEach(ChildProcess::close);
    }
}
