package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.Received.Frame;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stop may come at any byte; no line is torn by it. */
class TornLinesTest extends FifoTestSupport {

    private final Received received = new Received();
    private Path fifo;

    @BeforeEach
    void startRoute() throws Exception {
        fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
    }

    private void stop() throws Exception {
        context.getRouteController().stopRoute("in");
    }

    private void startAgain() throws Exception {
        context.getRouteController().startRoute("in");
    }

    /** Writes the numbers from 1 in blocks of so many bytes, which cut lines anywhere, until told to end. */
    private final class EndlessWriter implements AutoCloseable {

        /** So that there is something left of the test's time for what it is about. */
        private static final int PAUSE_NANOS = 500_000;

        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread;
        private int last;

        EndlessWriter(int blockSize) throws Exception {
            PipeEnd end = writer(fifo);
            thread = new Thread(() -> {
                try {
                    write(end, blockSize);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
        }

        private void write(PipeEnd end, int blockSize) throws Exception {
            StringBuilder block = new StringBuilder();
            while (!ended.get()) {
                while (block.length() < blockSize) {
                    block.append(++last).append('\n');
                }
                end.write(block.substring(0, blockSize));
                block.delete(0, blockSize);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            end.write(block.toString());
        }

        int end() throws InterruptedException {
            ended.set(true);
            thread.join();
            return last;
        }

        @Override
        public void close() {
            ended.set(true);
        }
    }

    @Test
    void anEndlessWriterKeepsNeitherTheRouteNorTheContextFromStopping() throws Exception {
        ShellProcess endless = sh("yes line > \"$1\"", fifo);
        received.awaitCount(1_000);

        assertThat(millis(this::stop)).isLessThan(30_000);
        int count = received.count();
        received.assertNothingMore(count);
        endless.kill();
        startAgain();
        sh("yes word > \"$1\"", fifo);
        received.awaitCount(count + 1_000);

        assertThat(millis(context::stop)).isLessThan(30_000);
        received.assertNothingMore(received.count());
        assertThat(received.frames()).allSatisfy(TornLinesTest::assertNotTorn);
    }

    /** But by those who wrote it: one was killed, and the context does not wait for the rest of what the other has begun. */
    private static void assertNotTorn(Frame frame) {
        if (frame.isMarkedIncomplete()) {
            assertThat(List.of("line", "word")).anyMatch(line -> line.startsWith((String) frame.body()));
        } else {
            // Linux joins what the first one left to the second one's line, if that came soon enough
            assertThat((String) frame.body()).matches("line|(|l|li|lin|line)word");
        }
    }

    /** The test keeps the FIFO open as well, so that the writer does not see the reader go. */
    @Test
    void noLineIsTornOverStopsAndStartsOfTheRoute() throws Exception {
        reader(fifo);
        EndlessWriter writer = closing(new EndlessWriter(1_009));
        for (int i = 0; i < 5; i++) {
            received.awaitCount(received.count() + 500);
            stop();
            int count = received.count();
            startAgain();
            assertThat(received.lines().get(count - 1)).isEqualTo(String.valueOf(count));
        }

        received.awaitNumbers(writer.end());
        assertThat(received.frames()).noneMatch(Frame::isMarkedIncomplete);
    }

    /** The writer sees the reader go (EPIPE), and tries the same block again, as the kernel has taken none of it. */
    @Test
    void aWriterThatTriesAgainLosesNothing() throws Exception {
        Path program = folder.path("writer.py");
        Files.writeString(program, """
                import array, fcntl, os, sys, termios, time
                pipe = os.open(sys.argv[1], os.O_WRONLY)
                text = b''.join(b'%d\\n' % i for i in range(1, 100001))
                while text:
                    try:
                        text = text[os.write(pipe, text[:1009]):]
                    except BrokenPipeError:
                        time.sleep(0.001)
                # whoever closes last takes with him what nobody has read
                unread = array.array('i', [1])
                while unread[0]:
                    time.sleep(0.01)
                    fcntl.ioctl(pipe, termios.FIONREAD, unread)
                """, StandardCharsets.UTF_8);
        ShellProcess writer = sh("exec python3 \"$1\" \"$2\"", program, fifo);
        for (int i = 1; i <= 5; i++) {
            received.awaitCount(i * 1_000);
            stop();
            startAgain();
        }

        writer.await(Duration.ofSeconds(60));
        received.awaitNumbers(100_000);
    }

    @Test
    void aPieceOfALineIsContinuedWhenTheRouteStartsAgain() throws Exception {
        PipeEnd writer = writer(fifo);
        writer.write("whole\nha");
        received.awaitLines("whole");
        stop();
        received.assertNothingMore(1);

        startAgain();
        writer.write("lf\nnext\n");

        received.awaitLines("whole", "half", "next");
        assertThat(received.frames()).noneMatch(Frame::isMarkedIncomplete);
    }

    @Test
    void aPieceOfALineIsContinuedByWhatItsWriterWroteWhileTheRouteWasStopped() throws Exception {
        reader(fifo);
        PipeEnd writer = writer(fifo);
        writer.write("whole\nha");
        received.awaitLines("whole");
        stop();
        writer.write("lf\nnext\n");
        startAgain();

        received.awaitLines("whole", "half", "next");
        assertThat(received.frames()).noneMatch(Frame::isMarkedIncomplete);
    }

    @Test
    void aPieceOfALineWhoseWriterHasGoneIsDeliveredWhenTheRouteStartsAgain() throws Exception {
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("whole\nha");
            received.awaitLines("whole");
            stop();
        }
        startAgain();

        received.awaitLines("whole", "ha");
        assertThat(received.frame(1).incomplete()).isTrue();
        write(fifo, "next\n");
        received.awaitLines("whole", "ha", "next");
    }

    @Test
    void aPieceOfALineIsDeliveredWhenTheContextStops() throws Exception {
        PipeEnd writer = writer(fifo);
        writer.write("whole\nha");
        received.awaitLines("whole");

        context.stop();

        assertThat(received.lines()).containsExactly("whole", "ha");
        assertThat(received.frame(1).incomplete()).isTrue();
        writer.close();
    }

    @Test
    void aPieceOfALineOfARouteThatStaysStoppedIsDeliveredOrLoggedWhenTheContextStops() throws Exception {
        LogCapture log = new LogCapture();
        PipeEnd writer = writer(fifo);
        writer.write("whole\nhalf of it");
        received.awaitLines("whole");
        stop();

        context.stop();

        assertThat(received.lines().contains("half of it")
                        || !log.lines("WARN", "10 bytes", fifo.toString()).isEmpty())
                .as("delivered %s, logged %s", received.lines(), log.lines(fifo.toString()))
                .isTrue();
    }

    @Test
    void aPieceOfALineIsNotJoinedToWhatAnotherFifoAtTheSamePathHolds() throws Exception {
        LogCapture log = new LogCapture();
        PipeEnd writer = writer(fifo);
        writer.write("whole\nha");
        received.awaitLines("whole");
        stop();
        writer.close();
        Files.delete(fifo);
        folder.fifo("in");
        startAgain();
        write(fifo, "next\n");

        received.awaitCount(2);
        assertThat(received.lines()).contains("next").doesNotContain("hanext");
        assertThat(received.lines().contains("ha")
                        || !log.lines("2 bytes", fifo.toString()).isEmpty())
                .as("the piece is delivered or logged: %s", log.lines(fifo.toString()))
                .isTrue();
    }
}
