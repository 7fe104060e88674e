package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.frame.FrameLengthException;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Every framing, both ways, through routes. */
class FramingRouteTest extends FifoTestSupport {

    private final Received received = new Received();

    @Test
    void aDelimiterOfSeveralCharactersEndsAMessage() throws Exception {
        Path fifo = consume("framing=DELIMITED&delimiter=||");

        write(fifo, "a||b|c||");

        received.awaitLines("a", "b|c");
    }

    @Test
    void aDelimiterMayBeEscaped() throws Exception {
        Path fifo = consume("framing=DELIMITED&delimiter=\\x3b\\t");

        write(fifo, "a;\tb;c;\t");

        received.awaitLines("a", "b;c");
    }

    @Test
    void recordsOfAFixedLengthAreMessagesAndTheRestIsMarked() throws Exception {
        Path fifo = consume("framing=FIXED&frameLength=4&bodyType=STRING");

        write(fifo, "abcdefghij");

        received.awaitLines("abcd", "efgh", "ij");
        assertThat(received.frame(2).incomplete()).isTrue();
    }

    @Test
    void aLengthGoesBeforeEachMessage() throws Exception {
        Path fifo = consume("framing=LENGTH_PREFIXED&lengthFieldSize=2&bodyType=STRING");

        write(fifo, "\0\3abc\0\0\0\1x");

        received.awaitLines("abc", "", "x");
    }

    @Test
    void aSessionIsOneMessage() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "framing=SESSION"))
                .process(exchange -> assertThat(exchange.getMessage().getBody()).isInstanceOf(StreamCache.class))
                .convertBodyTo(String.class)
                .process(received));

        sh("(echo one; echo two) > \"$1\"", fifo).await();
        // before the first session is over, the next one would be joined to it
        received.awaitCount(1);
        sh("printf three > \"$1\"", fifo).await();

        received.awaitLines("one\ntwo\n", "three");
        assertThat(received.frame(1).incomplete()).isNull();
    }

    @Test
    void aSessionBeyondTheLimitGoesToDiskWhereTheUserHasSwitchedThatOn() throws Exception {
        context.setStreamCaching(true);
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolThreshold(1024);
        context.getStreamCachingStrategy()
                .setSpoolDirectory(folder.path("spool").toFile());
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "framing=SESSION&maxFrameLength=1k"))
                .process(exchange -> assertThat(
                                exchange.getMessage().getBody(StreamCache.class).inMemory())
                        .isFalse())
                .convertBodyTo(String.class)
                .process(received));

        sh("seq 100000 > \"$1\"", fifo).await();

        received.awaitLines(Received.lines(100_000));
        context.stop();
        assertThat(folder.path("spool").toFile().list()).isNullOrEmpty();
    }

    @Test
    void whatOneRouteWritesAnotherReads() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "framing=LENGTH_PREFIXED", "lengthFieldSize=1", "bodyType=STRING"))
                .process(received));

        context.createProducerTemplate().sendBody(uri(fifo, "framing=LENGTH_PREFIXED", "lengthFieldSize=1"), "a\nb");
        context.createProducerTemplate().sendBody(uri(fifo, "framing=LENGTH_PREFIXED", "lengthFieldSize=1"), "");

        received.awaitLines("a\nb", "");
    }

    @Test
    void aBodyThatIsNoFrameIsRefusedBeforeAByteIsWritten() throws Exception {
        Path fifo = folder.fifo("out");
        PipeEnd reader = reader(fifo);
        context.start();

        assertThat(send(uri(fifo, "framing=FIXED&frameLength=3"), "four").getException())
                .isInstanceOf(FrameLengthException.class)
                .hasMessageContaining(fifo.toString());
        assertThat(send(uri(fifo, "framing=LENGTH_PREFIXED&lengthFieldSize=1"), "x".repeat(256))
                        .getException())
                .isInstanceOf(FrameTooLongException.class);
        assertThat(reader.unread()).isZero();
    }

    @Test
    void anOversizedFrameIsSplitOrTruncatedAndMarked() throws Exception {
        Path split = folder.fifo("split");
        Path truncated = folder.fifo("truncated");
        start(routes -> {
            routes.from(uri(split, "maxFrameLength=4&oversizedFrame=SPLIT"))
                    .setBody(routes.simple("${body} ${header.CamelFifoFragment} ${header.CamelFifoLastFragment}"))
                    .process(received);
            routes.from(uri(truncated, "maxFrameLength=4&oversizedFrame=TRUNCATE"))
                    .setBody(routes.simple("${body} ${header.CamelFifoTruncated}"))
                    .process(received);
        });

        write(split, "abcdefgh\nxy\n");
        received.awaitLines("abcd 0 ", "efgh 1 true", "xy  ");
        write(truncated, "abcdefghij\nxy\n");
        received.awaitCount(5);
        assertThat(received.lines()).endsWith("abcd 10", "xy ");
    }

    @Test
    void emptyFramesAreLeftOutWhereThatIsWanted() throws Exception {
        Path fifo = consume("skipEmptyFrames=true");

        write(fifo, "\na\n\n\nb\n");

        received.awaitLines("a", "b");
    }

    @Test
    void bytesPassLinesThroughUndecoded() throws Exception {
        Path fifo = consume("bodyType=BYTES");

        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(new byte[] {(byte) 0xff, '\n'});
        }

        received.awaitCount(1);
        assertThat(received.bodies().get(0)).isEqualTo(new byte[] {(byte) 0xff});
    }

    @Test
    void aBatchIsWhatIsThereNow() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "maxBatchSize=500")).process(received));

        sh("seq 100000 > \"$1\"", fifo).await();
        await(100_000);
        int exchanges = received.count();
        assertThat(exchanges).isBetween(200, 20_000);
        assertThat(received.bodies().stream().map(List.class::cast)).allMatch(list -> list.size() <= 500);
        assertThat(all()).containsExactlyElementsOf(Received.numbers(100_000));
        long next = received.frame(0).sequence();
        for (Received.Frame each : received.frames()) {
            assertThat(each.sequence()).isEqualTo(next);
            next += ((List<?>) each.body()).size();
        }

        write(fifo, "alone\nunended");
        received.awaitCount(exchanges + 2);
        assertThat(received.frame(exchanges).body()).isEqualTo(List.of("alone"));
        assertThat(received.frame(exchanges + 1).body()).isEqualTo(List.of("unended"));
        assertThat(received.frame(exchanges + 1).incomplete()).isTrue();
    }

    private void await(int frames) {
        Awaitility.await().until(() -> all().size() >= frames);
    }

    private List<Object> all() {
        return received.bodies().stream()
                .flatMap(list -> ((List<?>) list).stream())
                .map(Object.class::cast)
                .toList();
    }

    private Path consume(String options) throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, options)).process(received));
        return fifo;
    }

    private Exchange send(String uri, String body) {
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8)));
    }
}
