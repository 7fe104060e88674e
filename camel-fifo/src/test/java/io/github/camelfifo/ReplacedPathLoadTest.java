package io.github.camelfifo;

import static io.github.camelfifo.testing.Soon.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A path that changes hands again and again while many write: every line arrives once, whole, and in its writer's order. */
class ReplacedPathLoadTest extends FifoTestSupport {

    private static final int WRITERS = 4;
    private static final int REPLACEMENTS = 150;
    private static final String RARELY = "checkInterval=600000";

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<String, List<Integer>> numbersByOpening = new ConcurrentHashMap<>();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicInteger inWork = new AtomicInteger();
    private final AtomicInteger mostInWork = new AtomicInteger();
    private final AtomicBoolean replacing = new AtomicBoolean(true);
    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("pipe");
        System.out.println("seed of " + getClass().getSimpleName() + ": " + seed);
    }

    /** "writer.opening number", one at a time. */
    private void note(Exchange exchange) {
        mostInWork.accumulateAndGet(inWork.incrementAndGet(), Math::max);
        note(exchange.getMessage().getBody(String.class));
        inWork.decrementAndGet();
    }

    private void note(String line) {
        String[] parts = line.split(" ", -1);
        List<Integer> numbers = numbersByOpening.computeIfAbsent(parts[0], opening -> new ArrayList<>());
        synchronized (numbers) {
            numbers.add(Integer.valueOf(parts[1]));
        }
        lines.incrementAndGet();
    }

    private void replaceAgainAndAgain() throws Exception {
        for (int i = 0; i < REPLACEMENTS; i++) {
            if (random.nextInt(4) == 0) {
                Files.deleteIfExists(fifo);
            } else {
                FifoFolder.rename(folder.fifo("new"), fifo);
            }
            TimeUnit.MICROSECONDS.sleep(random.nextInt(10_000));
        }
        replacing.set(false);
    }

    private void assertInOrder(Map<String, Integer> written) {
        assertThat(numbersByOpening.keySet()).as("seed %d", seed).isEqualTo(written.keySet());
        written.forEach((opening, count) -> assertThat(numbersByOpening.get(opening))
                .as("%s, seed %d", opening, seed)
                .isEqualTo(IntStream.range(0, count).boxed().toList()));
    }

    @Test
    void nothingThatWasWrittenIsLost() throws Exception {
        start(routes -> routes.from(uri(fifo, RARELY)).process(this::note));
        Map<String, Integer> written = new ConcurrentHashMap<>();

        Crowd.run(WRITERS + 1, number -> {
            if (number == WRITERS) {
                replaceAgainAndAgain();
            } else {
                writeWhileReplacing(number, new Random(seed + number), written);
            }
        });

        int total = written.values().stream().mapToInt(Integer::intValue).sum();
        await().untilAsserted(() -> assertThat(lines).as("seed %d", seed).hasValue(total));
        assertInOrder(written);
        assertThat(mostInWork).as("one exchange at a time").hasValue(1);
        await().untilAsserted(() -> assertThat(LeakCheck.openDescriptors())
                .as("old ones are closed")
                .noneMatch(each -> each.endsWith("(deleted)")));
    }

    /** Opens what is there, writes some lines into it in pieces, and closes it, again and again. */
    private void writeWhileReplacing(int number, Random mine, Map<String, Integer> written) throws Exception {
        for (int opening = 0; replacing.get(); opening++) {
            String name = number + "." + opening;
            try (PipeEnd writer = PipeEnd.writing(fifo)) {
                int count = 1 + mine.nextInt(30);
                for (int i = 0; i < count; i++) {
                    // less than 4096 bytes, so that lines of several writers do not mix
                    writer.write(name + " " + i + "\n");
                    if (mine.nextInt(10) == 0) {
                        TimeUnit.MICROSECONDS.sleep(mine.nextInt(2_000));
                    }
                }
                written.put(name, count);
            } catch (ErrnoException e) {
                boolean betweenTwo = e.errno() == Errno.ENOENT || e.errno() == Errno.ENXIO;
                assertThat(betweenTwo).as("%s, seed %d", e, seed).isTrue();
            }
        }
    }

    @Test
    void nothingThatAProducerWritesIsLostOrTorn() throws Exception {
        context.start();
        var template = context.createProducerTemplate();
        String uri = uri(fifo, RARELY, "readerTimeout=0", "writeTimeout=0");
        Map<String, Integer> written = new ConcurrentHashMap<>();
        List<Reading> readings = new CopyOnWriteArrayList<>();

        Crowd.run(WRITERS + 2, number -> {
            if (number == WRITERS) {
                replaceWithReaders(readings);
            } else if (number > WRITERS) {
                readUntilAllIsWritten(readings, written);
            } else {
                written.put(number + ".0", send(template, uri, number + ".0 "));
            }
        });

        readings.forEach(each -> each.text().lines().forEach(this::note));
        assertThat(readings)
                .as("whole frames")
                .allMatch(each -> each.text().isEmpty() || each.text().endsWith("\n"));
        assertInOrder(written);
        assertThat(readings.stream().filter(each -> !each.text().isEmpty())).hasSizeGreaterThan(REPLACEMENTS / 10);
    }

    private int send(ProducerTemplate template, String uri, String name) throws Exception {
        Deque<CompletableFuture<Object>> sent = new ArrayDeque<>();
        int count = 0;
        for (; count == 0 || replacing.get(); count++) {
            String padding = "x".repeat(count % 50 == 0 ? 100_000 : 10);
            sent.add(template.asyncSendBody(uri, name + count + " " + padding));
            // the template's threads keep no order among messages that are not awaited
            sent.remove().get(60, TimeUnit.SECONDS);
        }
        return count;
    }

    /** Each FIFO has a reader before it comes to be at the path. */
    private void replaceWithReaders(List<Reading> readings) throws Exception {
        for (int i = 0; i < REPLACEMENTS; i++) {
            readings.add(new Reading(reader(folder.fifo("new")), new ByteArrayOutputStream()));
            FifoFolder.rename(folder.path("new"), fifo);
            TimeUnit.MICROSECONDS.sleep(random.nextInt(10_000));
        }
        replacing.set(false);
    }

    private static void readUntilAllIsWritten(List<Reading> readings, Map<String, Integer> written) throws Exception {
        boolean all;
        do {
            all = written.size() == WRITERS;
            for (Reading each : readings) {
                each.read();
            }
            TimeUnit.MICROSECONDS.sleep(100);
        } while (!all);
    }

    private record Reading(PipeEnd end, ByteArrayOutputStream bytes) {

        void read() throws Exception {
            for (byte[] some = end.readSome(1 << 16); some.length > 0; some = end.readSome(1 << 16)) {
                bytes.writeBytes(some);
            }
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
