package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.BeforeEach;

/** A pipe into which a shell writes numbered lines, routes with one of Camel's patterns, and shells that read what they write. */
abstract class EipTestSupport extends FifoTestSupport {

    /** How many a shell writes. */
    static final int LINES = 300;

    final Received received = new Received();
    /** What consumers have told of, with the option {@code exceptionHandler=#failures}. */
    final Failures failures = new Failures();

    Path in;

    @BeforeEach
    void makePipe() {
        in = folder.fifo("in");
        context.getRegistry().bind("failures", failures);
    }

    /** When bytes leave the pipe, and where exchanges come from. */
    enum Reading {
        ON_RECEIPT,
        ON_COMPLETION,
        ON_COMPLETION_POOLED
    }

    /** The pipe's URI, to be read in this way. Before the context starts. */
    final String in(Reading reading, String... options) {
        if (reading == Reading.ON_COMPLETION_POOLED) {
            context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        }
        String acknowledge = "acknowledge=" + (reading == Reading.ON_RECEIPT ? "ON_RECEIPT" : "ON_COMPLETION");
        return uri(in, Stream.concat(Stream.of(acknowledge), Stream.of(options)).toArray(String[]::new));
    }

    /** A shell writes the lines {@code 1} to {@link #LINES} and goes. */
    final void writeLines() {
        sh("seq \"$2\" > \"$1\"", in, LINES).await();
    }

    /** A shell that reads a new pipe as long as anybody has it open for writing. */
    final ShellProcess cat(String name) {
        return sh("cat \"$1\"", folder.fifo(name));
    }

    /** A shell that reads a new pipe until it is killed, whoever comes and goes. */
    final ShellProcess catForEver(String name) {
        return sh("exec cat <> \"$1\"", folder.fifo(name));
    }

    /** Waits until a shell has read this, and no more. */
    static void awaitOutput(ShellProcess reader, String text) {
        Soon.await().untilAsserted(() -> assertThat(reader.output()).isEqualTo(text));
    }

    /** Waits until shells have read all lines each, stops the context, and sees that nobody has their pipes open any more. */
    final void stopWithAllReadBy(ShellProcess... readers) {
        for (ShellProcess reader : readers) {
            awaitOutput(reader, Received.lines(LINES));
        }
        stop();
        for (ShellProcess reader : readers) {
            assertThat(reader.await()).isEqualTo(Received.lines(LINES));
        }
    }

    /** Stops the context, in which nothing is in work any more. */
    final void stop() {
        Soon.await()
                .untilAsserted(
                        () -> assertThat(context.getInflightRepository().size()).isZero());
        context.stop();
    }

    /** Those of the numbers that are written, each with a line feed. */
    static String linesThat(IntPredicate filter) {
        return linesOf(IntStream.rangeClosed(1, LINES)
                .filter(filter)
                .mapToObj(String::valueOf)
                .toList());
    }

    static String linesOf(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Whether it is one of the lines that tests let fail. */
    static boolean isTenth(Exchange exchange) {
        return isTenth(Integer.parseInt(exchange.getMessage().getBody(String.class)));
    }

    static boolean isTenth(int number) {
        return number % 10 == 0;
    }

    /** Failed exchanges, instead of in the log. */
    static final class Failures implements ExceptionHandler {

        final Queue<Throwable> all = new ConcurrentLinkedQueue<>();

        @Override
        public void handleException(Throwable exception) {
            all.add(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            all.add(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            all.add(exception);
        }
    }
}
