package io.github.camelfifo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A consumer's JVM is killed (SIGKILL) at random moments while writers go on and the FIFOs are held open. One JVM consumes a
 * FIFO of each {@link Shape}, so each kill hits all of them. {@code -Dfifo.crash.kills=200} kills more often, and
 * {@code -Dfifo.crash.seed} gives the moments of an earlier run.
 */
@ExtendWith(LeakCheck.class)
class CrashTest {

    private static final int KILLS = Integer.getInteger("fifo.crash.kills", 6);
    private static final long SEED = Long.getLong("fifo.crash.seed", System.nanoTime());
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long LONGEST_RUN_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    /** Every so many kills one may come before the routes have begun. */
    private static final int EARLY = 8;

    private static final long LONGEST_START_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(1);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Random random = new Random(SEED);
    private final List<Stream> streams = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    /** A FIFO with its writer, and what becomes of its frames. */
    private final class Stream {
        private final Shape shape;
        private final String uri;
        private final FrameWriter writer;
        private final Consumed consumed;
        private long last;

        Stream(Shape shape, String acknowledge) throws Exception {
            this.shape = shape;
            Path fifo = folder.fifo(shape.name());
            uri = "fifo:" + (shape.isInAFolder() ? folder.path() : fifo) + "?acknowledge=" + acknowledge + "&"
                    + shape.options();
            writer = new FrameWriter(fifo, shape, random.nextLong());
            consumed = new Consumed(Files.createDirectory(folder.path(shape + "-processed")));
        }

        void account() {
            consumed.account().forEach(each -> wrong.add(shape + ": " + each));
        }
    }

    @AfterEach
    void endWriters() throws Exception {
        for (Stream each : streams) {
            each.writer.close();
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void everyFrameIsDeliveredAtLeastOnceThoughTheConsumerIsKilledAgainAndAgain() throws Exception {
        for (Shape shape : Shape.values()) {
            streams.add(new Stream(shape, "ON_COMPLETION"));
        }

        long lost = killAndCount(KILLS);

        assertThat(wrong)
                .as("torn or out of order, %d lost, seed %d", lost, SEED)
                .isEmpty();
        assertThat(lost).as("frames lost, seed %d", SEED).isZero();
    }

    /** Shows that this test would see a loss. */
    @Test
    void bytesThatAreTakenWhenTheyAreReadAreLostWithTheConsumer() throws Exception {
        streams.add(new Stream(Shape.SLOW_LINES, "ON_RECEIPT"));

        assertThat(killAndCount(2)).as("frames lost, seed %d", SEED).isPositive();
    }

    private long killAndCount(int kills) throws Exception {
        for (int i = 1; i <= kills; i++) {
            try (JavaProcess consumer = startConsumer()) {
                if (i % EARLY == 0) {
                    park(LONGEST_START_NANOS);
                } else {
                    awaitAll(each -> each.consumed.hasBegun());
                    park(LONGEST_RUN_NANOS);
                }
                consumer.kill();
            }
            streams.forEach(Stream::account);
        }
        deliverTheRest();
        return report(kills);
    }

    private JavaProcess startConsumer() {
        List<Object> arguments = new ArrayList<>();
        for (Stream each : streams) {
            arguments.addAll(List.of(each.uri, each.consumed.nextFile(), each.shape.pauseMicros()));
        }
        return JavaProcess.start(CrashConsumer.class, arguments.toArray());
    }

    private void deliverTheRest() throws Exception {
        for (Stream each : streams) {
            each.writer.ending();
        }
        try (JavaProcess consumer = startConsumer()) {
            for (Stream each : streams) {
                each.last = each.writer.end();
            }
            awaitAll(each -> each.consumed.has(each.last));
            consumer.kill();
        }
        streams.forEach(Stream::account);
    }

    private long report(int kills) {
        long lost = 0;
        for (Stream each : streams) {
            lost += each.consumed.lost(each.last);
            System.out.printf(
                    "%d kills, seed %d, %s with %s: %d frames, %d lost, %d came twice%n",
                    kills,
                    SEED,
                    each.shape,
                    each.uri.replaceAll(".*\\?", ""),
                    each.last,
                    each.consumed.lost(each.last),
                    each.consumed.twice());
        }
        return lost;
    }

    private void awaitAll(Predicate<Stream> reached) {
        await().atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .until(() -> streams.stream().allMatch(reached));
    }

    private void park(long longestNanos) {
        LockSupport.parkNanos((long) (random.nextDouble() * longestNanos));
    }
}
