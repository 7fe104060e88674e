package io.github.camelfifo.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.soak.ConsumerLane.Work;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import org.apache.camel.LoggingLevel;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.LoggingExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Tens of FIFOs of all framings. Writers, readers and routes start, stop, are suspended and resumed, killed and replaced at
 * random, and so is the whole context. Each frame tells who wrote it and which of his it is: what is written comes once,
 * whole and in its writer's order. In the end nothing is left that was not there in the beginning.
 *
 * <p>
 * {@code -Dfifo.soak.events=10000} does more of it, {@code -Dfifo.soak.minutes=60} goes on for so long, and
 * {@code -Dfifo.soak.seed} makes the choices of an earlier run.
 */
@ExtendWith(LeakCheck.class)
class SoakTest {

    private static final int EVENTS = Integer.getInteger("fifo.soak.events", 300);
    private static final int MINUTES = Integer.getInteger("fifo.soak.minutes", 0);
    private static final long SEED = Long.getLong("fifo.soak.seed", System.nanoTime());

    private static final int EVENTS_A_ROUND = 100;
    private static final int SETTLED_ROUNDS = 10;
    private static final int CONTROLLERS = 4;
    private static final int WORKERS = 16;
    private static final int RELAYS = 3;
    private static final String ON_COMPLETION = "&acknowledge=ON_COMPLETION";
    private static final String RETRY = "&onFailure=RETRY&retryDelay=5";
    private static final String HELD = "&holdOpen=true";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Soak soak = new Soak(context, folder);
    private final Random random = new Random(SEED);
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Footprint> footprints = new ArrayList<>();

    @AfterEach
    void closeEverything() throws Exception {
        soak.close();
        context.stop();
        for (Lane each : lanes) {
            each.close();
        }
    }

    @Test
    @Timeout(value = 12, unit = TimeUnit.HOURS)
    void whateverHappensNothingIsLostNothingIsTornAndNothingLeaks() throws Exception {
        addLanes();
        context.getShutdownStrategy().setTimeout(30);
        configureContext();
        for (Lane each : lanes) {
            each.start();
        }
        context.start();

        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(MINUTES);
        int events = 0;
        for (int round = 0; events < EVENTS || System.nanoTime() < end; round++) {
            playRound();
            events += EVENTS_A_ROUND;
            if (round % SETTLED_ROUNDS == 0 || events >= EVENTS) {
                settle(each -> true);
                footprints.add(Footprint.now());
            } else {
                disturbContext();
            }
        }

        settle(each -> true);
        report(events);
        assertThat(lanes.stream().flatMap(each -> each.ledger.problems().stream()))
                .as("seed %d", SEED)
                .isEmpty();
        assertThatNothingHasGrown();
    }

    private void addLanes() {
        for (Wire wire : Wire.values()) {
            consumer("several-", wire, "", false, Work.AT_ONCE);
            consumer("pieces-", wire, "", true, Work.AT_ONCE);
            lanes.add(new ProducerLane(soak, "out-" + wire, random.nextLong(), wire, false));
            if (wire != Wire.SESSION) {
                consumer("small-reads-", wire, "&chunkSize=64", true, Work.AT_ONCE);
                consumer("completion-", wire, ON_COMPLETION, true, Work.AT_ONCE);
                lanes.add(new ProducerLane(soak, "held-out-" + wire, random.nextLong(), wire, true));
            }
            if (wire.hasFrames()) {
                consumer("batches-", wire, "&maxBatchSize=20", false, Work.AT_ONCE);
            }
        }
        consumer("async-", Wire.LINES, "", false, Work.ON_ANOTHER_THREAD);
        consumer("async-completion-", Wire.LINES, ON_COMPLETION, true, Work.ON_ANOTHER_THREAD);
        consumer("batches-completion-", Wire.LINES, ON_COMPLETION + "&maxBatchSize=20", false, Work.AT_ONCE);
        consumer("retries-", Wire.LINES, ON_COMPLETION + RETRY, false, Work.FAILING);
        consumer("retries-in-pieces-", Wire.LENGTH_PREFIXED, ON_COMPLETION + RETRY, true, Work.FAILING);
        consumer("held-", Wire.LINES, HELD, false, Work.AT_ONCE);
        consumer("held-pieces-", Wire.LENGTH_PREFIXED, HELD, true, Work.AT_ONCE);
        consumer("held-completion-", Wire.LINES, HELD + ON_COMPLETION, true, Work.AT_ONCE);
        exclusive("exclusive-", Wire.LINES, "");
        exclusive("exclusive-completion-", Wire.LINES, ON_COMPLETION);
        exclusive("exclusive-batches-", Wire.LENGTH_PREFIXED, ON_COMPLETION + "&maxBatchSize=20");
        lanes.add(new FolderLane(soak, "folder", random.nextLong(), ""));
        lanes.add(new FolderLane(soak, "folder-held", random.nextLong(), HELD));
        lanes.add(new FolderLane(soak, "folder-completion", random.nextLong(), ON_COMPLETION + "&maxBatchSize=20"));
        for (int i = 0; i < RELAYS; i++) {
            lanes.add(new RelayLane(soak, "relay-" + i, random.nextLong()));
        }
    }

    /** A context forgets its components and its registry when it stops. */
    private void configureContext() {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(WORKERS);
        context.getRegistry().bind("quiet", new LoggingExceptionHandler(context, SoakTest.class, LoggingLevel.OFF));
    }

    private void consumer(String name, Wire wire, String furtherOptions, boolean inPieces, Work work) {
        lanes.add(new ConsumerLane(soak, name + wire, random.nextLong(), wire, furtherOptions, inPieces, work));
    }

    private void exclusive(String name, Wire wire, String furtherOptions) {
        lanes.add(new ExclusiveLane(soak, name + wire, random.nextLong(), wire, furtherOptions));
    }

    /** Each lane is in the hands of one thread at a time. */
    private void playRound() throws Exception {
        List<Future<?>> controllers = new ArrayList<>();
        for (int i = 0; i < CONTROLLERS; i++) {
            int which = i;
            Random choices = new Random(random.nextLong());
            List<Lane> own = lanes.stream()
                    .filter(each -> lanes.indexOf(each) % CONTROLLERS == which)
                    .toList();
            controllers.add(soak.run(() -> {
                for (int event = 0; event < EVENTS_A_ROUND / CONTROLLERS; event++) {
                    own.get(choices.nextInt(own.size())).event();
                }
            }));
        }
        for (Future<?> each : controllers) {
            each.get();
        }
    }

    private void disturbContext() throws Exception {
        switch (random.nextInt(4)) {
            case 0 -> {
                settle(Lane::mustSettleFirst);
                context.suspend();
                context.resume();
            }
            case 1 -> {
                settle(Lane::mustSettleFirst);
                restartContext();
            }
            default -> {
                // the routes go on as they are
            }
        }
    }

    /** Not in the middle of a frame, which is delivered without its rest then. */
    private void restartContext() throws Exception {
        Lock wholeFrames = soak.wholeFrames().writeLock();
        wholeFrames.lock();
        try {
            context.stop();
            configureContext();
            context.start();
        } finally {
            wholeFrames.unlock();
        }
    }

    private void allOn() throws Exception {
        for (Lane each : lanes) {
            each.allOn();
        }
    }

    /** Waits until the writers of these have ended by themselves, and all has come. */
    private void settle(Predicate<Lane> which) throws Exception {
        allOn();
        await("all that was written, seed " + SEED)
                .atMost(PATIENCE)
                .pollInterval(POLL_INTERVAL)
                .untilAsserted(() -> assertThat(unsettled(which)).isEmpty());
    }

    private List<Lane> unsettled(Predicate<Lane> which) throws Exception {
        List<Lane> unsettled = new ArrayList<>();
        for (Lane each : lanes) {
            if (which.test(each) && !each.isSettled()) {
                unsettled.add(each);
            }
        }
        return unsettled;
    }

    private void report(int events) {
        long frames = lanes.stream().mapToLong(each -> each.ledger.frames()).sum();
        System.out.printf(
                "%d events, seed %d, %d lanes: %d frames; %s, then %s%n",
                events, SEED, lanes.size(), frames, footprints.get(0), footprints.get(footprints.size() - 1));
    }

    private void assertThatNothingHasGrown() {
        Footprint first = footprints.get(0);
        Footprint last = footprints.get(footprints.size() - 1);
        // a producer may have its FIFO open or not, and a worker may have gone
        assertThat(last.descriptors()).as("descriptors").isLessThan(first.descriptors() + 2 * lanes.size());
        assertThat(last.threads()).as("threads").isLessThan(first.threads() + 2 * WORKERS);
        assertThat(last.heapMegabytes()).as("heap").isLessThan(first.heapMegabytes() + 20);
    }
}
