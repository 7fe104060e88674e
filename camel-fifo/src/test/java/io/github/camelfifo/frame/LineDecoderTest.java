package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineDecoderTest {

    /** Every kind of line: ended both ways, empty, with lone \r, characters of 1 to 4 bytes, longer than a word. */
    private static final String CORPUS =
            "one\ntwo\r\n\n\r\na\rb\n\rc\nd\r\r\näöü\n€\r\n\uD83D\uDE00x\r\n0123456789abcdef\nrest\r";

    private static final List<Object> CORPUS_FRAMES = List.of(
            line("one"),
            line("two"),
            line(""),
            line(""),
            line("a\rb"),
            line("\rc"),
            line("d\r"),
            line("äöü"),
            line("€"),
            line("\uD83D\uDE00x"),
            line("0123456789abcdef"),
            unended("rest\r"));

    @Test
    void aReadWithSeveralLinesGivesThemOneByOne() throws Exception {
        ByteBuffer input = ByteBuffer.wrap("a\nbc\r\nd".getBytes(UTF_8));
        FrameDecoder decoder = Feed.lines().decoder;

        assertThat(decoder.decode(input)).isEqualTo(line("a"));
        assertThat(input.position()).as("just past the line and its end").isEqualTo(2);
        assertThat(decoder.decode(input)).isEqualTo(line("bc"));
        assertThat(input.position()).isEqualTo(6);
        assertThat(decoder.decode(input)).isNull();
        assertThat(input.hasRemaining()).isFalse();
        assertThat(decoder.pendingBytes()).isEqualTo(1);
    }

    @Test
    void aLineSentInSingleBytesIsOneFrame() {
        Feed feed = Feed.lines().inSingleBytes("hello, wörld\n".getBytes(UTF_8));
        assertThat(feed.events).containsExactly(line("hello, wörld"));
    }

    @ParameterizedTest
    @EnumSource
    void theCorpusGivesTheSameFramesAtEverySplitPoint(BufferKind kind) {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = Feed.lines()
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(feed.events).as("split at %d", split).isEqualTo(CORPUS_FRAMES);
        }
    }

    @Test
    void theCorpusGivesTheSameFramesAtEveryTwoSplitPoints() {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                Feed feed = Feed.lines()
                        .bytes(Arrays.copyOf(stream, first))
                        .bytes(Arrays.copyOfRange(stream, first, second))
                        .bytes(Arrays.copyOfRange(stream, second, stream.length))
                        .end();
                assertThat(feed.events).as("split at %d and %d", first, second).isEqualTo(CORPUS_FRAMES);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theCorpusGivesTheSameFramesByteByByte(BufferKind kind) {
        Feed feed =
                Feed.lines().inPieces(kind, CORPUS.getBytes(UTF_8), List.of(1)).end();
        assertThat(feed.events).isEqualTo(CORPUS_FRAMES);
    }

    @Test
    void carriageReturnAndLineFeedInDifferentReadsEndOneLine() {
        assertThat(Feed.lines().text("abc\r", "\ndef\r", "\n").events).containsExactly(line("abc"), line("def"));
    }

    @Test
    void aCarriageReturnThatNoLineFeedFollowsIsContent() {
        assertThat(Feed.lines().text("a\r", "b\n").events).containsExactly(line("a\rb"));
    }

    @Test
    void aCarriageReturnBeforeTheEndOfTheStreamIsContent() {
        assertThat(Feed.lines().text("abc\r").end().events).containsExactly(unended("abc\r"));
        assertThat(Feed.lines().text("\r").end().events).containsExactly(unended("\r"));
    }

    @Test
    void anUnendedRestIsAnIncompleteFrameAndNotJoinedWithWhatComesLater() {
        Feed feed = Feed.lines().text("whole\nbroken").end().text("next\n").end();
        assertThat(feed.events).containsExactly(line("whole"), unended("broken"), line("next"));
    }

    @Test
    void aStreamThatEndsAtALinesEndHasNoRest() {
        assertThat(Feed.lines().text("a\n").end().events).containsExactly(line("a"));
    }

    @Test
    void aWriterThatWritesNothingMakesNoFrame() {
        assertThat(Feed.lines().end().text("").end().events).isEmpty();
    }

    @Test
    void pendingBytesAreThoseOfTheUnfinishedLine() {
        Feed feed = Feed.lines().text("ab\ncde");
        assertThat(feed.decoder.pendingBytes()).isEqualTo(3);
        feed.text("ä\r");
        assertThat(feed.decoder.pendingBytes()).isEqualTo(6);
        feed.text("\n");
        assertThat(feed.decoder.pendingBytes()).isZero();
    }

    @Test
    void noBufferIsKeptAfterALargeLine() {
        Feed feed = Feed.lines(1 << 20).text("x".repeat(500_000));
        LineDecoder decoder = (LineDecoder) feed.decoder;
        assertThat(Feed.capacity(decoder)).isGreaterThanOrEqualTo(500_000);
        feed.text("\n");
        assertThat(Feed.capacity(decoder)).isZero();
        assertThat(feed.events).containsExactly(line("x".repeat(500_000)));
    }

    @Test
    void anIdlePipeInMidLineHoldsLittleMoreThanTheLine() {
        LineDecoder decoder = (LineDecoder) Feed.lines(1 << 20).text("0123456789").decoder;
        assertThat(Feed.capacity(decoder)).isLessThanOrEqualTo(128);
    }

    @Test
    void oneByteIsWantedInMidLineAndNoneBetweenLines() {
        Feed feed = Feed.lines();
        assertThat(feed.decoder.bytesWanted()).isZero();
        assertThat(feed.text("a").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("\r").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("\n").decoder.bytesWanted()).isZero();
    }

    @Test
    void readingWhatIsWantedStopsExactlyAtTheLinesEnd() {
        byte[] stream =
                "one\r\n\ntwo, a little longer\nthis one is too long for the limit\r\nlast\n".getBytes(ISO_8859_1);
        for (int stop = 0; stop <= stream.length; stop++) {
            Feed feed = Feed.lines(24).bytes(Arrays.copyOf(stream, stop));
            int read = stop;
            while (feed.decoder.bytesWanted() > 0) {
                int wanted = feed.decoder.bytesWanted();
                feed.bytes(Arrays.copyOfRange(stream, read, read + wanted));
                read += wanted;
            }
            assertThat(read).as("stopped at %d", stop).isEqualTo(endOfLineInWorkAt(stop, stream));
            assertThat(feed.decoder.pendingBytes()).isZero();
        }
    }

    private static int endOfLineInWorkAt(int stop, byte[] stream) {
        int end = stop;
        while (end > 0 && stream[end - 1] != '\n') {
            end++;
        }
        return end;
    }
}
