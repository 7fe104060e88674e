package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong with one message reaches whoever handles failures, and the next message arrives. */
class FailureTest extends FifoTestSupport {

    private final Received received = new Received();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Exchange> failed = new CopyOnWriteArrayList<>();
    private Path fifo;

    @BeforeEach
    void bindHandler() {
        fifo = folder.fifo("in");
        context.getRegistry().bind("failures", new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                handleException(null, null, exception);
            }

            @Override
            public void handleException(String message, Throwable exception) {
                handleException(message, null, exception);
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                failures.add(exception);
                failed.add(exchange);
                if (exception instanceof UnsupportedOperationException) {
                    throw new AssertionError("the handler fails");
                }
            }
        });
    }

    @Test
    void aLineOverTheMaximumIsSkippedAndReported() throws Exception {
        start(routes -> routes.from(uri(fifo, "maxFrameLength=10", "exceptionHandler=#failures"))
                .process(received));

        write(fifo, "one\n0123456789\n" + "x".repeat(11) + "\n" + "y".repeat(200_000) + "\ntwo\n");

        received.awaitLines("one", "0123456789", "two");
        assertThat(failures)
                .hasSize(2)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOf(FrameTooLongException.class)
                        .hasMessageContaining(fifo.toString())
                        .hasMessageContaining("10"));
    }

    @Test
    void aHandlerThatFailsBadlyStopsNoConsumer() throws Exception {
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(fifo, "exceptionHandler=#failures"))
                    .routeId("in")
                    .process(received)
                    .process(exchange -> {
                        throw new UnsupportedOperationException("expected");
                    });
        });

        write(fifo, "1\n2\n");

        received.awaitNumbers(2);
        assertThat(millis(() -> context.getRouteController().stopRoute("in"))).isLessThan(30_000);
    }

    @Test
    void whoHandlesALineOverTheMaximumLearnsHowItBeginsAndWhereItCameFrom() throws Exception {
        start(routes -> routes.from(uri(fifo, "maxFrameLength=10", "exceptionHandler=#failures"))
                .process(received));

        write(fifo, "head of a line\nnext\n");

        received.awaitLines("next");
        FrameTooLongException failure = (FrameTooLongException) failures.get(0);
        assertThat(new String(failure.head(), java.nio.charset.StandardCharsets.UTF_8))
                .isNotEmpty()
                .satisfies(head -> assertThat("head of a line").startsWith(head));
        assertThat(failure.lengthSoFar()).isGreaterThan(10);
        assertThat(failed.get(0).getMessage().getHeader(FifoConstants.PATH)).isEqualTo(fifo.toString());
        assertThat(failed.get(0).getMessage().getHeader(FifoConstants.SESSION)).isEqualTo(1L);
    }

    @Test
    void aLineOverTheMaximumIsReportedBeforeItEnds() throws Exception {
        start(routes -> routes.from(uri(fifo, "maxFrameLength=10", "exceptionHandler=#failures"))
                .process(received));
        PipeEnd writer = writer(fifo);
        writer.write("x".repeat(100_000));

        await().until(() -> failures.size() == 1);
        writer.write("x".repeat(100_000));
        writer.write("\nnext\n");
        received.awaitLines("next");
        assertThat(failures).hasSize(1);
    }

    @Test
    void aLineOverTheMaximumThatIsNeverEndedIsReportedOnceAndTheNextWritersLineArrives() throws Exception {
        start(routes -> routes.from(uri(fifo, "maxFrameLength=10", "exceptionHandler=#failures"))
                .process(received));

        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("x".repeat(100));
            writer.awaitEmpty();
            await().until(() -> failures.size() == 1);
        }
        // where the next writer opens before the end of the first was seen, Linux joins the two
        await().until(() -> {
            write(fifo, "next\n");
            return received.count() > 0;
        });

        assertThat(received.bodies()).containsOnly("next");
        assertThat(failures).hasSize(1);
    }

    @Test
    void withBridgeErrorHandlerALineOverTheMaximumGoesToOnException() throws Exception {
        Received bridged = new Received();
        List<Throwable> caught = new CopyOnWriteArrayList<>();
        start(routes -> {
            routes.onException(FrameTooLongException.class)
                    .handled(true)
                    .process(exchange -> caught.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)))
                    .process(bridged);
            routes.from(uri(fifo, "maxFrameLength=10", "bridgeErrorHandler=true"))
                    .process(received);
        });

        write(fifo, "one\n" + "x".repeat(11) + "\ntwo\n");

        received.awaitLines("one", "two");
        assertThat(caught).singleElement().isInstanceOf(FrameTooLongException.class);
        assertThat(bridged.count()).isEqualTo(1);
        assertThat(bridged.frame(0).path()).isEqualTo(fifo.toString());
        assertThat(bridged.frame(0).session()).isEqualTo(1L);
    }

    @Test
    void withBridgeErrorHandlerTheWholeComponentCanBeBridged() throws Exception {
        Received bridged = new Received();
        context.getComponent("fifo", FifoComponent.class).setBridgeErrorHandler(true);
        start(routes -> {
            routes.onException(Exception.class).handled(true).process(bridged);
            routes.from(uri(fifo, "maxFrameLength=10")).process(received);
        });

        write(fifo, "x".repeat(11) + "\ntwo\n");

        received.awaitLines("two");
        assertThat(bridged.count()).isEqualTo(1);
    }

    @Test
    void afterAFailedExchangeTheConsumerGoesOn() throws Exception {
        start(routes -> routes.from(uri(fifo, "exceptionHandler=#failures"))
                .process(received)
                .process(exchange -> {
                    throw new IllegalStateException("every time");
                }));

        write(fifo, Received.lines(100));

        received.awaitNumbers(100);
        await().until(() -> failures.size() == 100);
        assertThat(failures).allMatch(failure -> failure.getMessage().equals("every time"));
    }

    @Test
    void anErrorThatIsNoExceptionDoesNotEndTheConsumer() throws Exception {
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(fifo, "exceptionHandler=#failures"))
                    .process(received)
                    .process(exchange -> {
                        throw new NoClassDefFoundError("every time");
                    });
        });

        write(fifo, Received.lines(10));

        received.awaitNumbers(10);
        await().until(() -> failures.size() == 10);
    }

    @Test
    void anExceptionHandlerThatFailsItselfDoesNotEndTheConsumer() throws Exception {
        context.getRegistry().bind("broken", new ExceptionHandler() {
            @Override
            public void handleException(Throwable exception) {
                throw new IllegalStateException("broken handler");
            }

            @Override
            public void handleException(String message, Throwable exception) {
                throw new IllegalStateException("broken handler");
            }

            @Override
            public void handleException(String message, Exchange exchange, Throwable exception) {
                throw new IllegalStateException("broken handler");
            }
        });
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(fifo, "exceptionHandler=#broken", "maxFrameLength=5"))
                    .process(received)
                    .process(exchange -> {
                        throw new IllegalStateException("every time");
                    });
        });

        write(fifo, "1\n2\n1234567\n3\n");

        received.awaitLines("1", "2", "3");
    }

    @Test
    void aLineOfAMegabyteIsAcceptedAndAByteMoreIsNot() throws Exception {
        start(routes -> routes.from(uri(fifo, "exceptionHandler=#failures")).process(received));
        String longest = "x".repeat(1 << 20);

        write(fifo, longest + "\n" + longest + "y\nend\n");

        received.awaitCount(2);
        assertThat(received.lines()).containsExactly(longest, "end");
        assertThat(failures).singleElement().isInstanceOf(FrameTooLongException.class);
    }
}
