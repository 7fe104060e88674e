package io.github.camelfifo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * JVMs take turns at one FIFO while {@code cat} writes a file of frames into it, 128 KiB at a time, so that each reader
 * stands in mid-frame nearly always. Nobody else has the FIFO open. {@code -Dfifo.exclusive.kills=50} kills more often.
 */
@ExtendWith(LeakCheck.class)
class ExclusiveCrashTest {

    private static final int FEW_KILLS = 2;
    private static final int KILLS = Integer.getInteger("fifo.exclusive.kills", FEW_KILLS);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    /** Fewer takeovers say little about how long one takes. */
    private static final int TAKEOVERS_THAT_TELL = 5;

    private static final long PROMISED_TAKEOVER_MILLIS = 200;
    private static final int RESTARTS = 2;
    private static final int LONGEST_ENTRY = 100;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final List<JavaProcess> consumers = new ArrayList<>();
    private Path fifo;
    private Path journal;
    private ShellProcess writer;

    /** A frame as it was processed. */
    private record Entry(long pid, long number, long nanos) {

        static Entry parse(String line) {
            String[] parts = line.split(" ", -1);
            long number = parts[1].equals(CrashConsumer.TORN) ? -1 : Long.parseLong(parts[1]);
            return new Entry(Long.parseLong(parts[0]), number, Long.parseLong(parts[2]));
        }
    }

    @AfterEach
    void endProcesses() {
        consumers.forEach(JavaProcess::close);
        if (writer != null) {
            writer.close();
        }
    }

    private void prepare() throws Exception {
        fifo = folder.fifo("in");
        journal = Files.createFile(folder.path("journal"));
    }

    /** Writes frames 1 to {@code last} into a file, and that into the FIFO. */
    private void write(Shape shape, int last) throws Exception {
        Path file = folder.path("frames");
        Random random = new Random(last);
        try (OutputStream out = Files.newOutputStream(file);
                OutputStream buffered = new BufferedOutputStream(out)) {
            for (int number = 1; number <= last; number++) {
                buffered.write(shape.frame(number, random));
            }
        }
        writer = ShellProcess.sh("exec cat \"$1\" > \"$2\"", file, fifo);
    }

    /** Starts a consumer, and waits until it reads or stands by. */
    private JavaProcess consumer(Shape shape, String acknowledge, int pauseMicros) {
        String uri = "fifo:" + fifo + "?exclusive=true&acknowledge=" + acknowledge + "&" + shape.options();
        JavaProcess consumer = JavaProcess.start(ExclusiveConsumer.class, uri, journal, pauseMicros);
        consumers.add(consumer);
        await().atMost(PATIENCE).until(() -> consumer.output().contains("started"));
        return consumer;
    }

    /** The consumer that reads, as far as the lock file says. */
    private JavaProcess reader() {
        return await().atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .until(
                        () -> consumers.stream()
                                .filter(JavaProcess::isAlive)
                                .filter(each -> lockText().startsWith("process " + each.pid() + " "))
                                .findFirst()
                                .orElse(null),
                        each -> each != null);
    }

    private String lockText() {
        try {
            return Files.readString(folder.path("in.lock"));
        } catch (IOException e) {
            return "";
        }
    }

    private List<Entry> entries() {
        return entriesFrom(0);
    }

    /** The frames that were processed since the journal had this size. */
    private List<Entry> entriesFrom(long size) {
        return parse(textFrom(size));
    }

    private static List<Entry> parse(String text) {
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Entry::parse)
                .toList();
    }

    private String textFrom(long size) {
        try (FileChannel channel = FileChannel.open(journal)) {
            byte[] bytes = new byte[Math.toIntExact(channel.size() - size)];
            int count = Math.max(0, channel.read(ByteBuffer.wrap(bytes), size));
            return new String(bytes, 0, count, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long journalSize() {
        return journal.toFile().length();
    }

    /** Waits until more frames are processed; does not wait when all are written. */
    private void awaitProgress() {
        long before = journalSize();
        await().atMost(PATIENCE).pollInterval(POLL_INTERVAL).until(() -> journalSize() > before || !writer.isAlive());
    }

    private void awaitLast(int last) {
        await().atMost(PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> newest() != null && newest().number() == last);
    }

    /** The frame that was processed last; null before the first one. */
    private Entry newest() {
        long size = journalSize();
        // may begin in the middle of an entry
        List<Entry> last = size < LONGEST_ENTRY ? entries() : entriesAfterLineFrom(size - LONGEST_ENTRY);
        return last.isEmpty() ? null : last.get(last.size() - 1);
    }

    private List<Entry> entriesAfterLineFrom(long size) {
        String text = textFrom(size);
        return parse(text.substring(text.indexOf('\n') + 1));
    }

    /** The first two show both ways of acknowledging, both shapes and both numbers of processes. */
    static Stream<Arguments> rollingRestarts() {
        return Stream.of(
                        Arguments.of(Shape.LINES, "ON_COMPLETION", 3),
                        Arguments.of(Shape.LENGTH_PREFIXED, "ON_RECEIPT", 2),
                        Arguments.of(Shape.LINES, "ON_RECEIPT", 2),
                        Arguments.of(Shape.LENGTH_PREFIXED, "ON_COMPLETION", 3))
                .limit(KILLS > FEW_KILLS ? Long.MAX_VALUE : 2);
    }

    /** Of one shape a kill tells enough when there are few: CrashTest kills readers of each shape. */
    static Stream<Shape> killedShapes() {
        return Stream.of(Shape.LENGTH_PREFIXED, Shape.LINES).limit(KILLS > FEW_KILLS ? Long.MAX_VALUE : 1);
    }

    @ParameterizedTest
    @MethodSource("rollingRestarts")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void aRollingRestartUnderLoadLosesNothingReadsNothingTwiceAndKeepsTheOrder(
            Shape shape, String acknowledge, int processes) throws Exception {
        prepare();
        int last = 30_000;
        for (int i = 1; i < processes; i++) {
            consumer(shape, acknowledge, 100);
        }
        write(shape, last);
        for (int i = 0; i < RESTARTS; i++) {
            awaitProgress();
            // the new one first
            consumer(shape, acknowledge, i == RESTARTS - 1 ? 0 : 100);
            JavaProcess old = reader();
            old.terminate();
            int unused = old.awaitExit(PATIENCE);
            assertThat(reader()).isNotSameAs(old);
        }
        awaitLast(last);

        List<Entry> all = entries();
        for (int i = 0; i < last; i++) {
            assertThat(all.get(i).number()).as("entry %d", i).isEqualTo(i + 1);
        }
        assertThat(all).hasSize(last);
        assertThat(readersInTurn(all))
                .as("each read once")
                .isGreaterThan(RESTARTS / 2)
                .isLessThanOrEqualTo(RESTARTS + 1);
    }

    /** How often the reader changed, and one more; each may have had one turn. */
    private static int readersInTurn(List<Entry> all) {
        Set<Long> seen = new HashSet<>();
        long now = 0;
        for (Entry each : all) {
            if (each.pid() != now) {
                now = each.pid();
                assertThat(seen.add(now)).as("one turn of %d", now).isTrue();
            }
        }
        return seen.size();
    }

    @ParameterizedTest
    @MethodSource("killedShapes")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void killsOfTheReaderLoseNothingUnderOnCompletion(Shape shape) throws Exception {
        prepare();
        List<Long> takeovers = new ArrayList<>();
        int last = KILLS * 8_000;
        for (int i = 0; i < 3; i++) {
            consumer(shape, "ON_COMPLETION", 200);
        }
        write(shape, last);
        for (int i = 0; i < KILLS; i++) {
            awaitProgress();
            JavaProcess reader = reader();
            long size = journalSize();
            long killed = System.nanoTime();
            reader.kill();
            Long first = firstEntryOfAnother(reader.pid(), size);
            if (first != null) {
                takeovers.add(TimeUnit.NANOSECONDS.toMillis(first - killed));
            }
            consumer(shape, "ON_COMPLETION", 200);
        }
        awaitLast(last);

        takeovers.sort(Comparator.naturalOrder());
        System.out.printf("%d kills, %s, ms to the next reader's first frame: %s%n", KILLS, shape, takeovers);
        if (takeovers.size() >= TAKEOVERS_THAT_TELL) {
            assertThat(takeovers.get(takeovers.size() / 2))
                    .as("the median of %s ms; a look once a second gives 500", takeovers)
                    .isLessThan(PROMISED_TAKEOVER_MILLIS);
        }
        List<Entry> all = entries();
        readersInTurn(all);
        long twice = 0;
        Entry before = new Entry(all.get(0).pid(), 0, 0);
        for (Entry each : all) {
            boolean sameReader = each.pid() == before.pid();
            if (sameReader) {
                assertThat(each.number()).as("after %s", before).isEqualTo(before.number() + 1);
            } else {
                // it goes on at the next one or repeats some of the last, but leaves none out
                assertThat(each.number()).as("after %s", before).isBetween(1L, before.number() + 1);
                twice += before.number() + 1 - each.number();
            }
            before = each;
        }
        System.out.printf("%d of %d frames came twice%n", twice, last);
    }

    /** When another reader than the killed one has processed a frame; null if there is none any more. */
    private Long firstEntryOfAnother(long pid, long sizeBefore) {
        await().atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .until(() ->
                        !writer.isAlive() || entriesFrom(sizeBefore).stream().anyMatch(each -> each.pid() != pid));
        return entriesFrom(sizeBefore).stream()
                .filter(each -> each.pid() != pid)
                .map(Entry::nanos)
                .findFirst()
                .orElse(null);
    }

    /** Sends SIGSTOP, and waits until the last of its threads has stopped. */
    private static void stop(JavaProcess process) {
        try (ShellProcess stop = ShellProcess.sh("kill -STOP \"$1\"", process.pid())) {
            stop.await();
        }
        await().atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .until(() -> threadStates(process.pid()).allMatch(state -> state.contains("T (stopped)")));
    }

    private static Stream<String> threadStates(long pid) throws IOException {
        List<String> states = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads.toList()) {
                states.add(Files.readString(thread.resolve("status")));
            }
        }
        return states.stream();
    }

    @Test
    void aStoppedProcessKeepsTheLockUntilItIsKilled() throws Exception {
        prepare();
        JavaProcess first = consumer(Shape.LINES, "ON_COMPLETION", 100);
        consumer(Shape.LINES, "ON_COMPLETION", 0);
        write(Shape.LINES, 30_000);
        awaitProgress();
        stop(first);
        long size = journalSize();
        await().during(Duration.ofMillis(1_500)).atMost(PATIENCE).until(() -> journalSize() == size);

        first.kill();
        awaitLast(30_000);
        assertThat(readersInTurn(entries())).isEqualTo(2);
    }

    @Test
    void aHalfLineWhoseWriterAndReaderWereKilledIsDelivered() throws Exception {
        prepare();
        JavaProcess first = consumer(Shape.LINES, "ON_RECEIPT", 0);
        writer = ShellProcess.sh("exec > \"$1\"; printf '0-1::0-1\\n0-2'; sleep 600", fifo);
        awaitLast(1);
        consumer(Shape.LINES, "ON_RECEIPT", 0);
        stop(first);
        writer.kill();
        first.kill();

        // a half line is no whole frame
        awaitLast(-1);
    }

    @Test
    void aReplacedFifoWithUnreadBytesIsReadByTheNext() throws Exception {
        prepare();
        JavaProcess first = consumer(Shape.LINES, "ON_COMPLETION", 0);
        consumer(Shape.LINES, "ON_COMPLETION", 0);
        stop(first);
        try (ShellProcess one = ShellProcess.sh("printf '0-1::0-1\\n0-2::0-2\\n' > \"$1\"", fifo)) {
            one.await();
        }
        FifoFolder.rename(folder.fifo("next"), fifo);
        // nobody but the standby opens the new one
        try (ShellProcess two = ShellProcess.sh("printf '0-3::0-3\\n' > \"$1\"", fifo)) {
            two.await();
        }
        first.kill();

        await().atMost(PATIENCE).until(() -> entries().size() == 3);
        assertThat(entries()).extracting(Entry::number).containsExactlyInAnyOrder(1L, 2L, 3L);
    }
}
