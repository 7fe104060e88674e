package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What routes say and do when system calls fail, where {@link FaultTableTest} does not look closely enough. */
class FaultRouteTest extends FifoTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Faults faults = new Faults();
    private final LogCapture log = new LogCapture();
    private final Received received = new Received();
    private final List<Throwable> handled = new CopyOnWriteArrayList<>();
    private Path fifo;

    @BeforeEach
    void useFaults() {
        fifo = folder.path("fifo");
        context.addComponent("fifo", new WatchedComponent(faults.posix()));
        context.getRegistry().bind("handler", new Handler());
    }

    @Test
    void whenDescriptorsAreUsedUpItReadsOnAndWarnsOnce() throws Exception {
        startConsumer();
        AtomicInteger attempts = new AtomicInteger();
        long begin = System.nanoTime();
        faults.instead("open", call -> {
            // the path may be looked at too
            if (call.argument(0).toString().startsWith("/proc/")) {
                attempts.incrementAndGet();
            }
            return call.fail(Errno.EMFILE);
        });

        for (int i = 1; i <= 50; i++) {
            write(fifo, i + "\n");
            received.awaitCount(i);
            int session = i;
            await().until(() -> attempts.get() >= 1);
            assertThat(received.frame(i - 1).session()).isLessThanOrEqualTo(session);
        }
        await().atMost(PATIENCE).until(() -> attempts.get() >= 3);
        long made = attempts.get();
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
        assertThat(made).as("attempts to reopen, one a second").isLessThanOrEqualTo(seconds + 2);
        assertThat(log.lines("WARN", fifo.toString()))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("reading goes on through the old descriptor", "Too many open files (EMFILE)"));

        faults.clear();
        await().atMost(PATIENCE)
                .until(() -> !log.lines("was reopened", fifo.toString()).isEmpty());
        write(fifo, "51\n");
        received.awaitNumbers(51);
        assertThat(handled).isEmpty();
    }

    @Test
    void onTheOldDescriptorSessionsAreStillToldApart() throws Exception {
        startConsumer();
        faults.failAll("open", Errno.ENFILE);

        write(fifo, "1\nunended");
        received.awaitLines("1", "unended");
        write(fifo, "2\n");
        received.awaitLines("1", "unended", "2");

        assertThat(received.frame(1).isMarkedIncomplete()).isTrue();
        assertThat(received.frame(2).session()).isEqualTo(received.frame(0).session() + 1);
    }

    @Test
    void aPipeThatTheKernelDoesNotWatchIsReadAllTheSameAndThatIsToldOnce() throws Exception {
        faults.instead(
                "epoll_ctl",
                call -> call.argument(1).equals(1) && call.number() > 2 ? call.fail("ENOSPC") : call.proceed());
        startConsumer();

        for (int i = 1; i <= 5; i++) {
            write(fifo, i + "\n");
            received.awaitCount(i);
        }

        received.assertNumbers(5);
        // without a writer, nothing is delivered between the attempts
        int attempts = faults.count("epoll_ctl");
        await().until(() -> faults.count("epoll_ctl") > attempts + 3);
        assertThat(handled).hasSize(1);
        assertThat(handled.get(0)).hasMessageContaining("No space left on device (ENOSPC)");
    }

    @Test
    void aConsumerThatCannotTellHowMuchIsThereStillLeavesNothingBehind() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        start(routes -> routes.from(uri(fifo, "chunkSize=1k", "exceptionHandler=#bean:handler"))
                .routeId("consumer")
                .process(received)
                // the others are to be in the pipe when it is stopped
                .process(exchange -> await().pollDelay(Duration.ZERO).until(() -> questions.get() > 0)));
        PipeEnd writer = writer(fifo);
        faults.instead("ioctl", call -> questions.incrementAndGet() == 1 ? call.fail("EIO") : call.proceed());
        writer.write(Received.lines(1000));
        received.awaitCount(1);

        context.getRouteController().stopRoute("consumer");

        received.assertNumbers(1000);
        assertThat(handled)
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure).hasMessageContaining("ioctl(FIONREAD) failed: Input/output error (EIO)"));
    }

    @Test
    void whatCannotBeKeptForTheNextStartIsLoggedWithItsBytes() throws Exception {
        startConsumer();
        PipeEnd writer = writer(fifo);
        writer.write("1\nabcde");
        writer.awaitEmpty();
        received.awaitLines("1");
        // each: the first look at the path may come as late as this
        faults.failAll("open", Errno.EMFILE);

        context.getRouteController().stopRoute("consumer");

        assertThat(log.lines("WARN", "5 bytes that were read from " + fifo, "cannot be kept"))
                .hasSize(1);
        assertThat(log.lines("are kept for the next start")).isEmpty();
    }

    @Test
    void aProducerThatCouldNotBeStartedDoesNotCountAsAUser() throws Exception {
        context.start();
        Producer producer = endpoint(uri(fifo, "deleteOnStop=true")).createProducer();
        faults.fail("open", Errno.EMFILE);
        assertThatThrownBy(producer::start)
                .hasStackTraceContaining("open failed: Too many open files (EMFILE): " + fifo);

        producer.start();
        assertThat(fifo).exists();
        producer.stop();

        assertThat(fifo).doesNotExist();
    }

    @Test
    void aFailureToReadReachesWhoeverPollsEachTimeItIsAsked() throws Exception {
        context.start();
        String uri = uri(fifo);
        assertThat(context.createConsumerTemplate().receive(uri, 0)).isNull();
        PipeEnd writer = writer(fifo);
        writer.write("1\n");
        faults.instead("read", call -> call.fail("EIO"));

        for (int i = 0; i < 3; i++) {
            Exchange failed = context.createConsumerTemplate().receive(uri, 20_000);
            assertThat(failed.getException())
                    .hasMessageContaining("Reading " + fifo + " failed: read failed: Input/output error (EIO)");
        }

        faults.clear();
        assertThat(context.createConsumerTemplate().receiveBody(uri, 20_000)).isEqualTo("1");
    }

    private void startConsumer() throws Exception {
        start(routes -> routes.from(uri(fifo, "exceptionHandler=#bean:handler"))
                .routeId("consumer")
                .process(received));
    }

    private final class Handler implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            handled.add(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handled.add(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handled.add(exception);
        }
    }
}
