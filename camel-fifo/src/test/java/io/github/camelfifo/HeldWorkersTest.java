package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.spi.TransactedPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes that hold every worker while they wait for another pipe: whatever they wait for, and all that has nothing to do
 * with them, goes on.
 */
class HeldWorkersTest extends FifoTestSupport {

    /** How a route waits for a pipe in the thread that runs it. */
    enum Wait {
        TEMPLATE {
            @Override
            ProcessorDefinition<?> to(RouteDefinition route, String uri) {
                return route.process(exchange -> {
                    Exchange sent = exchange.getContext()
                            .createFluentProducerTemplate()
                            .to(uri)
                            .withExchange(exchange.copy())
                            .send();
                    if (sent.getException() != null) {
                        throw sent.getException();
                    }
                });
            }
        },
        SYNCHRONOUS {
            @Override
            ProcessorDefinition<?> to(RouteDefinition route, String uri) {
                return route.to(uri + "&synchronous=true");
            }
        },
        TRANSACTED {
            @Override
            ProcessorDefinition<?> to(RouteDefinition route, String uri) {
                return route.transacted().to(uri);
            }
        },
        CIRCUIT_BREAKER {
            @Override
            ProcessorDefinition<?> to(RouteDefinition route, String uri) {
                return route.circuitBreaker()
                        .to(uri)
                        .onFallback()
                        .setProperty("failure", new SimpleExpression("${exchangeProperty.CamelExceptionCaught}"))
                        .end()
                        .process(exchange -> {
                            if (exchange.getProperty("failure") instanceof Exception failure) {
                                throw failure;
                            }
                        });
            }
        };

        /** Sends what the route gets to the pipe. */
        abstract ProcessorDefinition<?> to(RouteDefinition route, String uri);
    }

    private final Set<String> written = ConcurrentHashMap.newKeySet();
    private final Map<String, Throwable> failed = new ConcurrentHashMap<>();

    static Stream<Arguments> waits() {
        return Stream.of(Wait.values()).flatMap(wait -> Stream.of(Arguments.of(wait, 1), Arguments.of(wait, 2)));
    }

    @ParameterizedTest
    @MethodSource("waits")
    void timeLimitsFire(Wait wait, int workers) throws Exception {
        startWaiting(wait, workers, "readerTimeout=500");

        await().until(() -> failed.size() == 2);

        assertThat(failed.values()).allSatisfy(e -> assertThat(e).isInstanceOf(NoReaderException.class));
        assertThat(written).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aReaderThatComesIsNoticed(Wait wait, int workers) throws Exception {
        startWaiting(wait, workers, "readerTimeout=0");
        await().during(Duration.ofMillis(100)).until(() -> written.isEmpty() && failed.isEmpty());

        PipeEnd reader = reader(folder.path("c"));

        await().until(() -> written.size() == 2);
        assertThat(text(reader).lines()).containsExactlyInAnyOrder("from a", "from b");
    }

    @ParameterizedTest
    @MethodSource("waits")
    void roomInAFullPipeIsNoticed(Wait wait, int workers) throws Exception {
        Path full = folder.fifo("c");
        PipeEnd reader = reader(full);
        fill(full);
        startWaiting(wait, workers, "writeTimeout=0");
        await().during(Duration.ofMillis(100)).until(() -> written.isEmpty() && failed.isEmpty());

        StringBuilder read = new StringBuilder();
        await().until(() -> {
            read.append(text(reader));
            return written.size() == 2;
        });
        read.append(text(reader));

        assertThat(read.toString()).contains("from a\n", "from b\n");
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aPipeThatIsReplacedIsNoticed(Wait wait, int workers) throws Exception {
        startWaiting(wait, workers, "readerTimeout=0");
        await().during(Duration.ofMillis(100)).until(() -> written.isEmpty() && failed.isEmpty());

        Path replacement = folder.fifo("other");
        PipeEnd reader = reader(replacement);
        Files.move(replacement, folder.path("c"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        await().until(() -> written.size() == 2);
        assertThat(text(reader).lines()).containsExactlyInAnyOrder("from a", "from b");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pollsAreServed(int workers) throws Exception {
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(workers);
        start(routes -> {
            for (String name : new String[] {"a", "b"}) {
                routes.from(uri(folder.path(name)))
                        .pollEnrich(uri(folder.path("c")), 60_000)
                        .process(exchange -> written.add(exchange.getMessage().getBody(String.class)));
            }
        });
        write(folder.path("a"), "go\n");
        write(folder.path("b"), "go\n");
        await().ignoreExceptions().untilAsserted(() -> write(folder.path("c"), "1\n2\n"));

        await().until(() -> written.size() == 2);

        assertThat(written).containsExactlyInAnyOrder("1", "2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aMessageThatOtherThreadsSendGoesOnWhenItIsWritten(int workers) throws Exception {
        routes(routes -> routes.from("seda:in")
                .threads(1, 1)
                .to(uri(folder.path("d"), "readerTimeout=0"))
                // waits in the thread that was told of the end, for the next message
                .to(uri(folder.path("e"), "readerTimeout=0&synchronous=true"))
                .process(exchange -> written.add("seda " + exchange.getMessage().getBody(String.class))));
        startWaiting(Wait.SYNCHRONOUS, workers, "readerTimeout=0");

        try (var template = context.createProducerTemplate()) {
            template.sendBody("seda:in", ExchangePattern.InOnly, "1");
            template.sendBody("seda:in", ExchangePattern.InOnly, "2");
        }
        PipeEnd d = reader(folder.path("d"));
        await().until(() -> text(d).lines().count() > 0);
        PipeEnd e = reader(folder.path("e"));
        await().until(() -> written.containsAll(Set.of("seda 1", "seda 2")));

        assertThat(text(e).lines()).containsExactlyInAnyOrder("1", "2");
        PipeEnd c = reader(folder.path("c"));
        await().until(() -> written.containsAll(Set.of("a", "b")));
        assertThat(text(c).lines()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aBodyThatIsSlowToComeDelaysNobody(int workers) throws Exception {
        startWaiting(Wait.SYNCHRONOUS, workers, "readerTimeout=0");
        Path slow = folder.fifo("slow");
        PipeEnd reader = reader(slow);
        fill(slow);
        PipedOutputStream source = closing(new PipedOutputStream());
        InputStream body = new PipedInputStream(source);
        try (var template = context.createProducerTemplate()) {
            var sent = template.asyncSendBody(uri(slow, "framing=CHUNKS&writeTimeout=0"), body);
            source.write('x');
            await().until(() -> text(reader).contains("x"));

            PipeEnd c = reader(folder.path("c"));
            await().until(() -> written.size() == 2);
            assertThat(text(c).lines()).hasSize(2);

            source.write("end".getBytes(StandardCharsets.US_ASCII));
            source.close();
            await().until(sent::isDone);
            assertThat(text(reader)).isEqualTo("end");
        }
    }

    /** Two routes that wait for the pipe c, with as many workers as told. */
    private void startWaiting(Wait wait, int workers, String options) throws Exception {
        context.getRegistry().bind("transacted", new InThread());
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(workers);
        start(routes -> {
            for (String name : new String[] {"a", "b"}) {
                RouteDefinition route = routes.from(uri(folder.path(name)));
                route.onException(Exception.class)
                        .process(exchange ->
                                failed.put(name, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class)))
                        .handled(true);
                wait.to(route, uri(folder.path("c"), options)).process(exchange -> written.add(name));
            }
        });
        write(folder.path("a"), "from a\n");
        write(folder.path("b"), "from b\n");
    }

    /** What is there. */
    private static String text(PipeEnd reader) throws IOException {
        return new String(reader.readSome(PipeEnd.BUFFER_BYTES), StandardCharsets.UTF_8);
    }

    private static void fill(Path fifo) throws IOException {
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.fill();
        }
    }

    /** Camel processes a transacted exchange in one thread; that is all that counts here. */
    private static final class InThread implements TransactedPolicy {

        @Override
        public void beforeWrap(Route route, NamedNode definition) {
            // nothing to prepare
        }

        @Override
        public Processor wrap(Route route, Processor processor) {
            return exchange -> {
                exchange.getUnitOfWork().beginTransactedBy(this);
                try {
                    processor.process(exchange);
                } finally {
                    exchange.getUnitOfWork().endTransactedBy(this);
                }
            };
        }
    }
}
