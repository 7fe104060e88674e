package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.TOO_LONG;
import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineLimitTest {

    private static final int MAX = 5;

    /** Around the limit with both ends, far above it, and with good lines between. */
    private static final String CORPUS = "12345\n12345\r\n123456\ngood\n123456\r\n12345\r\r\n12345\rx\n\n"
            + "far too long, and longer than a word\nok\r\nunended and too long";

    private static final List<Object> CORPUS_EVENTS = List.of(
            line("12345"),
            line("12345"),
            TOO_LONG,
            line("good"),
            TOO_LONG,
            TOO_LONG,
            TOO_LONG,
            line(""),
            TOO_LONG,
            line("ok"),
            TOO_LONG);

    @ParameterizedTest
    @EnumSource
    void oversizedLinesAreReportedOnceAtEverySplitPointAndGoodOnesArrive(BufferKind kind) {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = Feed.lines(MAX)
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(feed.events).as("split at %d", split).isEqualTo(CORPUS_EVENTS);
        }
    }

    @Test
    void oversizedLinesAreReportedOnceAtEveryTwoSplitPoints() {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                Feed feed = Feed.lines(MAX)
                        .bytes(Arrays.copyOf(stream, first))
                        .bytes(Arrays.copyOfRange(stream, first, second))
                        .bytes(Arrays.copyOfRange(stream, second, stream.length))
                        .end();
                assertThat(feed.events).as("split at %d and %d", first, second).isEqualTo(CORPUS_EVENTS);
            }
        }
    }

    @Test
    void oversizedLinesAreReportedOnceByteByByte() {
        Feed feed = Feed.lines(MAX).inSingleBytes(CORPUS.getBytes(UTF_8)).end();
        assertThat(feed.events).isEqualTo(CORPUS_EVENTS);
    }

    @Test
    void aLineIsRefusedAtTheFirstByteThatMakesItTooLong() {
        assertThat(Feed.lines(MAX).text("12345").events).isEmpty();
        assertThat(Feed.lines(MAX).text("12345", "6").events).containsExactly(TOO_LONG);
    }

    @Test
    void aCarriageReturnAtTheLimitWaitsForWhatFollows() {
        assertThat(Feed.lines(MAX).text("12345\r").events).isEmpty();
        assertThat(Feed.lines(MAX).text("12345\r", "\n").events).containsExactly(line("12345"));
        assertThat(Feed.lines(MAX).text("12345\r", "\r").events).containsExactly(TOO_LONG);
        assertThat(Feed.lines(MAX).text("12345\r", "x").events).containsExactly(TOO_LONG);
    }

    @Test
    void aCarriageReturnAtTheLimitIsKeptWhenTheStreamEnds() {
        assertThat(Feed.lines(MAX).text("12345\r").end().events).containsExactly(unended("12345\r"));
    }

    @Test
    void aStreamThatEndsWhileALineIsSkippedHasNoRestAndTheNextWriterStartsAfresh() {
        Feed feed = Feed.lines(MAX).text("far too long").end().text("next\n");
        assertThat(feed.events).containsExactly(TOO_LONG, line("next"));
    }

    @Test
    void nothingIsHeldAndOneByteIsWantedWhileALineIsSkipped() {
        Feed feed = Feed.lines(MAX).text("far too long", " and longer");
        assertThat(feed.decoder.pendingBytes()).isZero();
        assertThat(feed.decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("\n").decoder.bytesWanted()).isZero();
    }

    @Test
    void aRefusedLineWhoseEndWasSeenLeavesTheDecoderBetweenLines() {
        ByteBuffer input = ByteBuffer.wrap("far too long\nnext".getBytes(UTF_8));
        FrameDecoder decoder = Feed.lines(MAX).decoder;

        assertThatThrownBy(() -> decoder.decode(input)).isInstanceOf(FrameTooLongException.class);

        assertThat(input.position()).isEqualTo("far too long\n".length());
        assertThat(decoder.bytesWanted()).isZero();
    }

    @Test
    void theExceptionTellsSourceLengthAndHead() {
        FrameTooLongException ended =
                Feed.lines(MAX).text("1234567\r\n").refusals.get(0);
        assertThat(ended.lengthSoFar()).isEqualTo(7);
        assertThat(ended.head()).asString(UTF_8).isEqualTo("1234567");
        assertThat(ended.source()).isEqualTo(Feed.SOURCE);

        FrameTooLongException joined =
                Feed.lines(MAX).text("123", "456").refusals.get(0);
        assertThat(joined.lengthSoFar()).isEqualTo(6);
        assertThat(joined.head()).asString(UTF_8).isEqualTo("123456");

        FrameTooLongException afterCarriageReturn =
                Feed.lines(MAX).text("12345\r", "\r\n").refusals.get(0);
        assertThat(afterCarriageReturn.lengthSoFar()).isEqualTo(6);
        assertThat(afterCarriageReturn.head()).asString(UTF_8).isEqualTo("12345\r");
    }

    @Test
    void theHeadIsCutWhereverTheReadsWereSplit() {
        String line = "0123456789".repeat(40);
        for (int split : new int[] {0, 1, 255, 256, 257, 300, 399}) {
            Feed feed = Feed.lines(320).text(line.substring(0, split), line.substring(split), "\n");
            assertThat(feed.refusals.get(0).head())
                    .as("split at %d", split)
                    .asString(UTF_8)
                    .isEqualTo(line.substring(0, FrameTooLongException.HEAD_LENGTH));
        }
    }

    @Test
    void megabytesWithoutALineEndAreOneExceptionAndThenTheNextLineArrives() {
        byte[] read = "x".repeat(65_536).getBytes(UTF_8);
        Feed feed = Feed.lines(1 << 20);
        for (int i = 0; i < 500; i++) {
            feed.bytes(read);
        }
        feed.text("\nnext\n");
        assertThat(feed.events).containsExactly(TOO_LONG, line("next"));
    }

    @Test
    void theLargestLimitIsAccepted() {
        assertThat(Feed.lines(FrameSettings.MAX_FRAME_LENGTH).text("a\n", "b").events)
                .containsExactly(line("a"));
    }
}
