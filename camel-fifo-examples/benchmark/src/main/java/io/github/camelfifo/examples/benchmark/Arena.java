package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.result.Results;
import io.github.camelfifo.examples.benchmark.result.Sample;
import io.github.camelfifo.posix.ErrnoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Where races are held: a folder in memory for pipes and data, the plan, and who takes the results down. */
final class Arena implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    private final Plan plan;
    private final Results results;
    private final Consumer<String> log;
    private final Path folder;
    private final LineFile data;
    private int fifos;

    Arena(Plan plan, Results results, Consumer<String> log) throws IOException {
        this.plan = plan;
        this.results = results;
        this.log = log;
        this.folder = Files.isWritable(MEMORY)
                ? Files.createTempDirectory(MEMORY, "camel-fifo-benchmark-")
                : Files.createTempDirectory("camel-fifo-benchmark-");
        this.data = new LineFile(folder.resolve("lines"), plan.linesInFile());
    }

    Plan plan() {
        return plan;
    }

    Results results() {
        return results;
    }

    LineFile data() {
        return data;
    }

    /** A path at which nothing is yet. */
    Path newPath(String name) {
        return folder.resolve(name + "-" + fifos++);
    }

    Fifo newFifo() throws ErrnoException {
        return newFifo(0);
    }

    Fifo newFifo(int capacity) throws ErrnoException {
        return new Fifo(newPath("fifo"), capacity);
    }

    void add(String race, String contestant, String measure, String unit, double value) {
        results.add(new Sample(race, contestant, measure, unit, value));
    }

    void skip(String race, String contestant, Exception reason) {
        say("  %s is skipped: %s".formatted(contestant, reason.getMessage()));
        results.skip(race, contestant, String.valueOf(reason.getMessage()));
    }

    void say(String text) {
        log.accept(text);
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        }
    }
}
