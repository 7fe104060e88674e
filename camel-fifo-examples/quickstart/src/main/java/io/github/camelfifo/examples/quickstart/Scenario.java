package io.github.camelfifo.examples.quickstart;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.main.Main;

/** Shell scripts write orders, Camel makes invoices of them, another shell script reads those. */
final class Scenario {

    private static final int EACH = 3;
    /** So many lines are shown as they pass; from then on they are only counted. */
    private static final int SHOWN = 2 * EACH;

    private static final int IN_BULK = 10_000;
    private static final long TIME_LIMIT_SECONDS = 60;

    private final Path folder;
    private final Path orders;
    private final Path invoices;
    private final PrintStream out;
    private final AtomicLong received = new AtomicLong();
    private final Semaphore invoicesShown = new Semaphore(0);
    private Tally written = Tally.NOTHING;

    /**
     * Does nothing yet.
     *
     * @param folder for the named pipes; empty
     * @param out    for people
     */
    Scenario(Path folder, PrintStream out) {
        this.folder = folder;
        this.orders = folder.resolve("orders");
        this.invoices = folder.resolve("invoices");
        this.out = out;
    }

    Summary run() throws Exception {
        long start = System.nanoTime();
        out.println("sh  --- orders -->  Camel  --- invoices -->  sh");
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new Orders(orders, invoices, this::received));
        camel.start();
        try (ChildProcess reader = ChildProcess.sh("invoices.sh", this::readerSaid, invoices, SHOWN)) {
            title("1. A shell script opens the pipe and writes " + EACH + " orders, one by one");
            write(1, EACH, "0.4");
            awaitShown(EACH);

            title("2. " + EACH
                    + " shell scripts, one after the other: each opens the pipe, writes one order, and goes");
            for (int number = EACH + 1; number <= SHOWN; number++) {
                write(number, number, "0.1");
                awaitShown(1);
            }

            title("3. A shell script writes " + IN_BULK + " orders as fast as it can, and then Camel is stopped");
            long bulkStart = System.nanoTime();
            write(SHOWN + 1, SHOWN + IN_BULK, "");
            say("sh", "has written the last of " + written.lines() + " orders");
            say("Camel", "has got " + received + " and is told to stop; the others wait in the pipe");
            camel.stop();
            say("Camel", "has got " + received + " and has stopped");
            Duration bulkTime = since(bulkStart);

            // Camel has closed its end, so the reader has come to the end of the file
            String last = reader.lastLine();
            say("sh", "has read to the end of the file: " + last);
            return new Summary(
                    written, received.get(), Tally.parse(last), misplaced(last), filesLeft(), bulkTime, since(start));
        } finally {
            camel.stop();
        }
    }

    private void write(int first, int last, String pause) throws IOException, InterruptedException, TimeoutException {
        try (ChildProcess writer = ChildProcess.sh("orders.sh", line -> {}, orders, first, last, pause)) {
            written = written.plus(Tally.parse(writer.lastLine()));
        }
    }

    private void received(String line) {
        if (received.incrementAndGet() <= SHOWN) {
            say("Camel", "got   " + line);
        }
    }

    private void readerSaid(String line) {
        if (line.startsWith("invoice")) {
            say("sh", "read  " + line);
            invoicesShown.release();
        }
    }

    private void awaitShown(int count) throws InterruptedException, TimeoutException {
        if (!invoicesShown.tryAcquire(count, TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("The invoices do not come");
        }
    }

    private void title(String text) {
        out.println();
        out.println(text);
    }

    private void say(String who, String what) {
        out.printf("  %-6s %s%n", who, what);
    }

    private long filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private static long misplaced(String said) {
        return Long.parseLong(said.replaceAll(".*?(\\d+) out of order", "$1"));
    }

    private static Duration since(long startNanos) {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
