package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camel's patterns that choose, copy, cut up and enrich messages, from a pipe into pipes: nothing is lost, and the order is kept. */
class EipRoutingTest extends EipTestSupport {

    /** Pipes that lines are spread over. */
    private static final int PIPES = 6;

    /** Fewer than there are pipes, so that producers are stopped all the time. */
    private static final int CACHED = 2;

    private static final String SERVER = """
            while read -r line; do
              echo "answer to $line" >&3
            done < "$1" 3<> "$2"
            """;

    @ParameterizedTest
    @EnumSource
    void toTwoPipesAtTheSameTime(Reading reading) throws Exception {
        ShellProcess left = cat("left");
        ShellProcess right = cat("right");
        start(routes -> {
            routes.from(in(reading))
                    .multicast(EipRoutingTest::joined)
                    .parallelProcessing()
                    .to("direct:left", "direct:right")
                    .end()
                    .process(received);
            routes.from("direct:left")
                    .to(uri(folder.path("left")))
                    .transform(routes.simple("${header.CamelFifoSequence}"));
            routes.from("direct:right").to(uri(folder.path("right")));
        });

        writeLines();

        received.awaitCount(LINES);
        stopWithAllReadBy(left, right);
        assertThat(received.lines())
                .containsExactlyElementsOf(Received.numbers(LINES).stream()
                        .map(line -> line + " and " + line)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void toAListOfRecipients(Reading reading) throws Exception {
        List<ShellProcess> readers = startReaders();
        ShellProcess all = cat("all");
        start(routes -> routes.from(in(reading))
                .recipientList()
                .exchange(exchange -> List.of(uri(outOf(exchange)), uri(folder.path("all")))));

        writeLines();

        expectSpread(readers);
        stopWithAllReadBy(all);
        expectSpread(readers);
    }

    @ParameterizedTest
    @EnumSource
    void toWhateverPipeItIsThatTheMessageSays(Reading reading) throws Exception {
        List<ShellProcess> readers = startReaders();
        AtomicInteger mostOpen = new AtomicInteger();
        start(routes -> routes.from(in(reading))
                .process(exchange ->
                        exchange.getMessage().setHeader("to", outOf(exchange).toString()))
                .toD()
                .uri("fifo:${header.to}")
                .cacheSize(CACHED)
                .end()
                .process(exchange -> mostOpen.accumulateAndGet(openOuts(), Math::max)));

        writeLines();

        expectSpread(readers);
        stop();
        expectSpread(readers);
        assertThat(mostOpen).hasValue(CACHED);
    }

    private Path outOf(Exchange exchange) {
        return folder.path("out" + Integer.parseInt(exchange.getMessage().getBody(String.class)) % PIPES);
    }

    private int openOuts() {
        String outs = folder.path("out").toString();
        return (int) LeakCheck.openDescriptors().stream()
                .filter(path -> path.startsWith(outs))
                .distinct()
                .count();
    }

    private List<ShellProcess> startReaders() {
        return IntStream.range(0, PIPES).mapToObj(i -> catForEver("out" + i)).toList();
    }

    private static void expectSpread(List<ShellProcess> readers) {
        for (int i = 0; i < PIPES; i++) {
            int pipe = i;
            awaitOutput(readers.get(pipe), linesThat(number -> number % PIPES == pipe));
        }
    }

    @ParameterizedTest
    @EnumSource
    void enrichedByAPipeThatGivesNothingBack(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> routes.from(in(reading)).enrich(uri(folder.path("out"))).process(received));

        writeLines();

        received.awaitNumbers(LINES);
        stopWithAllReadBy(reader);
        received.assertNumbers(LINES);
    }

    @ParameterizedTest
    @EnumSource
    void enrichedByAnswersOfAShell(Reading reading) throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        ShellProcess server = sh(SERVER, requests, replies);
        start(routes -> routes.from(in(reading))
                .enrich(uri(requests, "replyTo=" + replies), EipRoutingTest::joined)
                .process(received));

        writeLines();

        received.awaitCount(LINES);
        stop();
        // the end of its input
        server.await();
        assertThat(received.lines())
                .containsExactlyElementsOf(Received.numbers(LINES).stream()
                        .map(line -> line + " and answer to " + line)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void splitIntoThePartsOfALine(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> routes.from(in(reading))
                .split(routes.body().tokenize(","))
                .streaming()
                .to(uri(folder.path("out")))
                .end()
                .process(received));

        sh("seq \"$2\" | paste -d , - - - > \"$1\"", in, LINES).await();

        received.awaitCount(LINES / 3);
        stopWithAllReadBy(reader);
        assertThat(received.lines()).hasSize(LINES / 3).startsWith("1,2,3", "4,5,6");
    }

    /** What a writer writes until it closes is one message, of more than is kept in memory. */
    @Test
    void aWholeSessionIsSplitIntoItsLines() throws Exception {
        ShellProcess reader = cat("out");
        List<Boolean> wereInMemory = new CopyOnWriteArrayList<>();
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolThreshold(100);
        context.getStreamCachingStrategy()
                .setSpoolDirectory(folder.path("spool").toFile());
        start(routes -> routes.from(uri(in, "framing=SESSION"))
                .process(exchange -> wereInMemory.add(
                        exchange.getMessage().getBody(StreamCache.class).inMemory()))
                .split(routes.body().tokenize("\n"))
                .streaming()
                .to(uri(folder.path("out")))
                .end());

        writeLines();

        stopWithAllReadBy(reader);
        assertThat(wereInMemory).containsExactly(false);
        assertThat(folder.path("spool")).doesNotExist();
    }

    /** The body and the headers of what is received, and of what is sent, are in variables. */
    @ParameterizedTest
    @EnumSource
    void inVariables(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> routes.fromV(in(reading), "line")
                .toV(uri(folder.path("out")), "line", "written")
                .setBody(routes.simple("${variable.line} ${variable.header:line.CamelFifoSequence}"
                        + " ${variable.header:written.CamelFifoBytesWritten}"))
                .process(received));

        writeLines();

        received.awaitCount(LINES);
        stopWithAllReadBy(reader);
        assertThat(received.lines())
                .containsExactlyElementsOf(Received.numbers(LINES).stream()
                        .map(line -> line + " " + line + " " + (line.length() + 1))
                        .toList());
    }

    private static Exchange joined(Exchange first, Exchange second) {
        if (first == null) {
            return second;
        }
        first.getMessage()
                .setBody(first.getMessage().getBody(String.class) + " and "
                        + second.getMessage().getBody(String.class));
        return first;
    }
}
