package io.github.camelfifo.internal.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.Acknowledge;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.internal.PipeLog;
import io.github.camelfifo.internal.statistics.EndpointStatistics;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.Looking;
import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.ReadingEnd;
import io.github.camelfifo.pipe.Taking;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pump where a route cannot make a moment come that is a few instructions long. */
@ExtendWith(LeakCheck.class)
class FramePumpTest {

    private static final int WORKERS = 2;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Posix posix = Posix.system();
    private final List<Object> delivered = new CopyOnWriteArrayList<>();
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final CountDownLatch readBegins = new CountDownLatch(1);
    private final CountDownLatch readGoesOn = new CountDownLatch(1);
    private final Turns turns = new Turns();
    private final AtomicInteger ends = new AtomicInteger();
    private volatile CountDownLatch whenClosing = new CountDownLatch(0);
    private volatile boolean isClosing;
    private volatile long leftAtClosing;
    private volatile FrameInWork held;
    private Path fifo;
    private PipeEngine engine;

    @BeforeEach
    void startEngine() throws Exception {
        fifo = folder.fifo("in");
        engine = new PipeEngine(posix, Executors.defaultThreadFactory(), WORKERS, errors::add);
    }

    @AfterEach
    void closeEngine() {
        readGoesOn.countDown();
        engine.close();
        assertThat(errors).isEmpty();
    }

    /** Ends of a flow, after which what comes stays in the kernel. */
    enum Ending {
        PAUSE,
        DRAIN
    }

    /** It would take, and deliver, what a writer writes after. */
    @ParameterizedTest
    @CsvSource({"PAUSE, ON_RECEIPT", "PAUSE, ON_COMPLETION", "DRAIN, ON_RECEIPT", "DRAIN, ON_COMPLETION"})
    void aReadThatWasAboutToBeginIsOverWhenAFlowHasEnded(Ending ending, Acknowledge acknowledge) throws Exception {
        FramePump pump = pump(acknowledge);
        pump.flow();
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("1\n");
            readBegins.await();
            long end = pump.end();

            CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> {
                if (ending == Ending.PAUSE) {
                    pump.pause();
                } else {
                    CompletableFuture<Void> unused = pump.drain(end, false);
                }
            });
            await().during(Duration.ofMillis(300)).until(() -> !ended.isDone());
            readGoesOn.countDown();
            ended.join();

            await().until(() -> writer.unread() == 0);
            writer.write("2\n");
            await().during(Duration.ofMillis(300)).until(() -> writer.unread() == 2 && delivered.equals(List.of("1")));

            pump.flow();
            await().until(() -> delivered.equals(List.of("1", "2")));
        }
        close(pump);
    }

    @Test
    void aFlowEndsADrainForThoseWhoWaitForIt() throws Exception {
        FramePump pump = pump(Acknowledge.ON_RECEIPT);
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("1\n");
            CompletableFuture<Void> drained = pump.drain(pump.end(), false);
            readBegins.await();
            assertThat(drained).isNotDone();

            CompletableFuture<Void> flow = CompletableFuture.runAsync(pump::flow);

            drained.get(20, TimeUnit.SECONDS);
            readGoesOn.countDown();
            flow.join();
        }
        close(pump);
    }

    @Test
    void aDrainEndsAlsoWhereThePumpIsBeingClosed() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_RECEIPT);
        CountDownLatch accounted = new CountDownLatch(1);
        whenClosing = accounted;
        CompletableFuture<Void> closing = CompletableFuture.runAsync(pump::close);
        await().until(() -> isClosing);

        CompletableFuture<Void> drained = pump.drain(pump.end(), false);
        accounted.countDown();

        drained.get(20, TimeUnit.SECONDS);
        closing.join();
    }

    /** It is in the run queue for that. */
    @Test
    void aPumpWhoseTurnItIsGivesItOnThoughItIsDrainedBeforeItRuns() throws Exception {
        readGoesOn.countDown();
        CountDownLatch workers = new CountDownLatch(1);
        FramePump first = pump(Acknowledge.ON_RECEIPT);
        fifo = folder.fifo("second");
        FramePump second = pump(Acknowledge.ON_RECEIPT);
        first.flow();
        second.flow();
        try (PipeEnd writer = PipeEnd.writing(folder.path("in"));
                PipeEnd other = PipeEnd.writing(fifo)) {
            writer.write("hold\n");
            await().until(() -> held != null);
            other.write("2\n");
            // which cannot be seen: that the second one waits for its turn
            await().pollDelay(Duration.ofMillis(200)).until(() -> delivered.size() == 1);
            for (int i = 0; i < WORKERS; i++) {
                engine.execute(() -> awaitQuietly(workers));
            }
            held.end(Verdict.DONE);

            CompletableFuture<Void> drains =
                    CompletableFuture.allOf(first.drain(first.end(), false), second.drain(second.end(), false));
            workers.countDown();

            drains.get(20, TimeUnit.SECONDS);
            assertThat(delivered).containsExactly("hold", "2");
        }
        close(first);
        close(second);
    }

    /** As a route does that hands a message on and fails itself, too. */
    @Test
    void aMessageThatIsEndedOnceMoreSetsNoOtherFree() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_RECEIPT);
        pump.flow();
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("hold\nhold\n3\n");
            await().until(() -> held != null);
            FrameInWork first = held;
            first.end(Verdict.DONE);
            await().until(() -> held != first);

            first.end(Verdict.DONE);

            await().during(Duration.ofMillis(200)).until(() -> delivered.equals(List.of("hold", "hold")));
            held.end(Verdict.DONE);
            await().until(() -> delivered.equals(List.of("hold", "hold", "3")));
        }
        close(pump);
    }

    /** As when another consumer has taken the pipe over, and an exchange of this one ends after that. */
    @Test
    void whatEndsAfterTakingIsForbiddenStaysInThePipe() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_COMPLETION);
        pump.flow();
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("1\n2\nhold\n4\n");
            await().until(() -> held != null);
            await().until(() -> writer.unread() == 7);
            pump.pause();
            pump.forbidTaking();

            held.end(Verdict.DONE);

            await().during(Duration.ofMillis(100)).until(() -> writer.unread() == 7);
            close(pump);
            assertThat(writer.unread()).isEqualTo(7);
        }
    }

    /** Whether or not a worker came to it before. What is left is logged then. */
    @Test
    void whatIsDoneHasLeftWhenThePumpCloses() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_COMPLETION);
        pump.flow();
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("1\nhold\n3\n");
            await().until(() -> held != null && pump.leftInPipe() == 7);
            pump.pause();

            held.end(Verdict.DONE);
            close(pump);

            assertThat(writer.unread()).isEqualTo(2);
            assertThat(leftAtClosing).isEqualTo(2);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Such a pause waits for no read: the thread that would have to end it is the one that waits. */
    @Test
    void aHandlerMayPauseItWhenItGetsAMessage() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_RECEIPT);
        pump.flow();

        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("pause\n2\n");
            await().until(() -> pump.mode() == PumpMode.PAUSED && writer.unread() == 0);
            assertThat(delivered).containsExactly("pause");

            pump.flow();
            await().until(() -> delivered.equals(List.of("pause", "2")));
        }
        close(pump);
    }

    /** No event tells that nobody has the pipe open for writing. */
    @Test
    void theLastSessionEndsAtOnceWhereNobodyWrites() throws Exception {
        readGoesOn.countDown();
        FramePump pump = pump(Acknowledge.ON_RECEIPT);
        pump.noMoreWriters(true);
        // paused, it has looked in vain
        await().pollDelay(Duration.ofMillis(200)).until(() -> ends.get() == 0);

        pump.flow();

        await().until(() -> ends.get() == 1);
        close(pump);
    }

    private FramePump pump(Acknowledge acknowledge) throws Exception {
        FrameSettings settings = FrameSettings.builder(fifo.toString()).build();
        ReaderStatistics statistics = new ReaderStatistics(new EndpointStatistics());
        Frames frames = new Frames(Framing.LINES.decoder(settings), statistics, false, 1, false);
        PipeLog log = new PipeLog();
        Descriptor descriptor;
        try (Descriptor path = posix.openPath(fifo.toString())) {
            descriptor = posix.reopenForReading(path);
        }
        PumpSource source = new PumpSource(
                ReadingEnd.opened(descriptor),
                log,
                reader -> slowToBegin(
                        acknowledge == Acknowledge.ON_COMPLETION
                                ? new Looking(reader, settings.chunkSize(), log)
                                : new Taking(reader, settings.chunkSize(), false)));
        PumpTarget target = new PumpTarget(new Delivered(), DeliveryGate.OPEN, 0, statistics);
        return new FramePump(engine, target, source, frames, turns, new Listener());
    }

    /** Between knowing how much it may read and reading. */
    private Intake slowToBegin(Intake intake) {
        return (Intake) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Intake.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("fill")) {
                        readBegins.countDown();
                        readGoesOn.await();
                    }
                    return method.invoke(intake, arguments);
                });
    }

    private static void close(FramePump pump) throws InterruptedException {
        pump.close();
        assertThat(pump.awaitClosed(20_000)).isTrue();
    }

    private final class Delivered implements FrameHandler {

        @Override
        public void deliver(FrameInWork message) {
            Object body = message.frame().body();
            delivered.add(body);
            if (body.equals("pause")) {
                pumpOf(message).pause();
            }
            if (body.equals("hold")) {
                held = message;
            } else {
                message.end(Verdict.DONE);
            }
        }

        private FramePump pumpOf(FrameInWork message) {
            return (FramePump) message.source();
        }

        @Override
        public boolean readingFailed(IOException reason) {
            errors.add(reason);
            return true;
        }
    }

    private final class Listener implements PumpListener {

        @Override
        public void ended(FramePump pump) {
            ends.incrementAndGet();
        }

        @Override
        public void closing(FramePump pump) {
            isClosing = true;
            try {
                leftAtClosing = pump.leftInPipe();
            } catch (IOException e) {
                errors.add(e);
            }
            awaitQuietly(whenClosing);
        }
    }
}
