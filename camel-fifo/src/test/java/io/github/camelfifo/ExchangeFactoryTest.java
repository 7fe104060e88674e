package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.Received.Frame;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.impl.engine.PrototypeExchangeFactory;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.ExchangeFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Headers and failures, whether exchanges are made anew or used again. */
class ExchangeFactoryTest extends FifoTestSupport {

    private static final int LINES = 10_000;

    private final Received received = new Received();

    enum Factory {
        PROTOTYPE,
        POOLED;

        ExchangeFactory make() {
            return this == POOLED ? new PooledExchangeFactory() : new PrototypeExchangeFactory();
        }
    }

    private Path fifo(Factory factory) {
        context.getCamelContextExtension().setExchangeFactory(factory.make());
        return folder.fifo("in");
    }

    private void expectHeaders(Received here, Path fifo, int count) {
        here.awaitNumbers(count);
        for (Frame frame : here.frames()) {
            assertThat(frame.sequence()).isEqualTo(Long.parseLong((String) frame.body()));
            assertThat(frame.path()).isEqualTo(fifo.toString());
            assertThat(frame.session()).isEqualTo(1);
            assertThat(frame.incomplete()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyLineHasItsHeaders(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        start(routes -> routes.from(uri(fifo)).process(received));

        sh("seq \"$2\" > \"$1\"", fifo, LINES).await();

        expectHeaders(received, fifo, LINES);
    }

    @ParameterizedTest
    @EnumSource
    void everyLineHasItsHeadersOnAnAsynchronousRoute(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        start(routes -> routes.from(uri(fifo)).threads(2).process(received));

        sh("seq \"$2\" > \"$1\"", fifo, LINES).await();

        expectHeaders(received, fifo, LINES);
    }

    @ParameterizedTest
    @EnumSource
    void everyCopyHasTheHeaders(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        Received[] ends = new Received[5];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = new Received();
        }
        start(routes -> {
            routes.from(uri(fifo))
                    .wireTap("direct:tapped")
                    .multicast()
                    .to("direct:first", "direct:second")
                    .end()
                    .process(exchange -> ends[3].process(exchange.copy()))
                    .to("seda:later");
            routes.from("direct:tapped").process(ends[0]);
            routes.from("direct:first").process(ends[1]);
            routes.from("direct:second").process(ends[2]);
            routes.from("seda:later").process(ends[4]);
        });
        PipeEnd writer = writer(fifo);
        for (int i = 1; i <= 100; i++) {
            writer.write(i + "\n");
            // the tap runs on threads of its own, in no certain order
            ends[0].awaitCount(i);
            ends[4].awaitCount(i);
        }

        for (Received end : ends) {
            expectHeaders(end, fifo, 100);
        }
    }

    @ParameterizedTest
    @EnumSource
    void headersAreThereToBeListedReplacedAndRemoved(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        List<String> problems = new CopyOnWriteArrayList<>();
        start(routes -> routes.from(uri(fifo))
                .process(exchange -> {
                    var message = exchange.getMessage();
                    if (message.getHeaders().size() != 3
                            || !message.getHeaders().containsKey(FifoConstants.SEQUENCE)) {
                        problems.add("headers: " + message.getHeaders());
                    }
                    message.removeHeader(FifoConstants.SESSION);
                    message.setHeader(FifoConstants.SEQUENCE, 0L);
                    message.setHeader("mine", "here");
                    if (message.getHeader(FifoConstants.SESSION) != null
                            || !Long.valueOf(0).equals(message.getHeader(FifoConstants.SEQUENCE))
                            || message.getHeaders().size() != 3) {
                        problems.add("changed headers: " + message.getHeaders());
                    }
                })
                .process(received));

        write(fifo, Received.lines(10));

        received.awaitNumbers(10);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFailedExchangeReachesTheExceptionHandlerAndTheConsumerGoesOn(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        Failures failures = new Failures();
        context.getRegistry().bind("failures", failures);
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(fifo, "exceptionHandler=#failures"))
                    .process(received)
                    .process(exchange -> {
                        if (exchange.getMessage().getBody(String.class).endsWith("7")) {
                            throw new IllegalStateException(
                                    "no " + exchange.getMessage().getBody());
                        }
                    });
        });

        write(fifo, Received.lines(30));

        received.awaitNumbers(30);
        assertThat(failures.seen).containsExactly("no 7 of 7", "no 17 of 17", "no 27 of 27");
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOnAnotherThreadReachesTheExceptionHandlerToo(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        Failures failures = new Failures();
        context.getRegistry().bind("failures", failures);
        start(routes -> {
            routes.errorHandler(routes.noErrorHandler());
            routes.from(uri(fifo, "exceptionHandler=#failures"))
                    .threads(1)
                    .process(received)
                    .process(exchange -> {
                        if (exchange.getMessage().getBody(String.class).endsWith("7")) {
                            throw new IllegalStateException(
                                    "no " + exchange.getMessage().getBody());
                        }
                    });
        });

        write(fifo, Received.lines(30));

        received.awaitNumbers(30);
        assertThat(failures.seen).containsExactly("no 7 of 7", "no 17 of 17", "no 27 of 27");
    }

    @ParameterizedTest
    @EnumSource
    void theDefaultErrorHandlerRedeliversAndTheConsumerGoesOn(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        Received attempts = new Received();
        start(routes -> {
            routes.onException(IllegalStateException.class)
                    .maximumRedeliveries(2)
                    .redeliveryDelay(0)
                    .handled(true);
            routes.from(uri(fifo))
                    .process(attempts)
                    .process(exchange -> {
                        if ("2".equals(exchange.getMessage().getBody())) {
                            exchange.getMessage().setBody("2");
                            throw new IllegalStateException("never");
                        }
                    })
                    .process(received);
        });

        write(fifo, Received.lines(3));

        received.awaitLines("1", "3");
        assertThat(received.frames()).extracting(Frame::sequence).containsExactly(1L, 3L);
    }

    @ParameterizedTest
    @EnumSource
    void exchangesOfAPoolAreUsedAgain(Factory factory) throws Exception {
        Path fifo = fifo(factory);
        Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
        start(routes -> routes.from(uri(fifo)).process(exchanges::add).process(received));

        write(fifo, Received.lines(100));

        received.awaitNumbers(100);
        assertThat(exchanges).hasSizeLessThanOrEqualTo(factory == Factory.POOLED ? 5 : 100);
    }

    /** Remembers what went wrong with which body. */
    private static final class Failures implements ExceptionHandler {

        private final List<String> seen = new CopyOnWriteArrayList<>();

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
            seen.add(exception.getMessage() + " of "
                    + (exchange == null ? null : exchange.getMessage().getBody()));
        }
    }
}
