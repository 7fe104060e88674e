package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelimitedDecoderTest {

    /** Whole and empty frames, parts of delimiters, characters of 1 to 4 bytes, longer than a word. */
    private static final String CORPUS = "one<><>two<><x<><>äö<><><><><>€\uD83D\uDE00<<><>0123456789abcdef<><>rest<><";

    private static final List<Object> CORPUS_FRAMES = List.of(
            line("one"),
            line("two<><x"),
            line("äö"),
            line(""),
            line("<>€\uD83D\uDE00<"),
            line("0123456789abcdef"),
            unended("rest<><"));

    @ParameterizedTest
    @EnumSource
    void theCorpusGivesTheSameFramesAtEverySplitPoint(BufferKind kind) {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = delimited("<><>")
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(feed.events).as("split at %d", split).isEqualTo(CORPUS_FRAMES);
        }
    }

    @Test
    void theCorpusGivesTheSameFramesAtEveryTwoSplitPointsAndByteByByte() {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second++) {
                Feed feed = delimited("<><>")
                        .bytes(Arrays.copyOf(stream, first))
                        .bytes(Arrays.copyOfRange(stream, first, second))
                        .bytes(Arrays.copyOfRange(stream, second, stream.length))
                        .end();
                assertThat(feed.events).as("split at %d and %d", first, second).isEqualTo(CORPUS_FRAMES);
            }
        }
        assertThat(delimited("<><>").inSingleBytes(stream).end().events).isEqualTo(CORPUS_FRAMES);
    }

    @Test
    void aDelimiterCanSpanAnyNumberOfReads() {
        assertThat(delimited("END").text("aE", "N", "DbEN", "D").events).containsExactly(line("a"), line("b"));
        assertThat(delimited("€").inSingleBytes("a€b€".getBytes(UTF_8)).events).containsExactly(line("a"), line("b"));
    }

    @Test
    void aDelimiterThatBeginsInAnAbandonedBeginningOfItselfIsFound() {
        assertThat(delimited("aab").text("aaab").events).containsExactly(line("a"));
        assertThat(delimited("aab").text("a", "a", "a", "b").events).containsExactly(line("a"));
        assertThat(delimited("aab").text("aa", "aab").events).containsExactly(line("aa"));
    }

    @Test
    void whatWasNoDelimiterIsContentWhenTheStreamEnds() {
        assertThat(delimited("END").text("xEN").end().text("D").end().events)
                .containsExactly(unended("xEN"), unended("D"));
        assertThat(delimited("END").text("E").end().text("NDyEND").end().events)
                .containsExactly(unended("E"), line("NDy"));
    }

    @Test
    void carriageReturnsAreContent() {
        assertThat(delimited("\n").text("a\r\n", "\r", "\n").events).containsExactly(line("a\r"), line("\r"));
    }

    @Test
    void theLeastThatCanEndAFrameIsWanted() {
        Feed feed = delimited("aab");
        assertThat(feed.decoder.bytesWanted()).isZero();
        assertThat(feed.text("x").decoder.bytesWanted()).isEqualTo(3);
        assertThat(feed.text("a").decoder.bytesWanted()).isEqualTo(2);
        assertThat(feed.text("a").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("a").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.decoder.pendingBytes()).isEqualTo(4);
        assertThat(feed.text("b").decoder.bytesWanted()).isZero();
        assertThat(feed.events).containsExactly(line("xa"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shift_JIS", "GBK", "Big5", "EUC-JP", "IBM037", "windows-1252"})
    void delimitersAreMatchedInTheCharset(String name) {
        Charset charset = Charset.forName(name);
        byte[] stream = "a;b c;;d".getBytes(charset);
        Feed feed = Feed.of(Framing.DELIMITED, Feed.builder(charset, 100).delimiter(";"))
                .bytes(stream)
                .end();
        assertThat(feed.events).containsExactly(line("a"), line("b c"), line(""), unended("d"));
    }

    @Test
    void theLimitIsThatOfAFrameWithoutItsDelimiter() {
        assertThat(delimited("END", 3).text("123END", "1234END", "12EN", "D", "123EN", "xEND").events)
                .containsExactly(line("123"), Feed.TOO_LONG, line("12"), Feed.TOO_LONG);
        assertThat(delimited("END", 3).text("123EN").end().events).containsExactly(unended("123EN"));
    }

    @Test
    void aDelimiterThatSpansReadsEndsASkippedFrameToo() {
        assertThat(delimited("END", 3).text("12345EN", "D12END").events).containsExactly(Feed.TOO_LONG, line("12"));
        assertThat(delimited("aab", 1).text("xxxxa", "a", "a", "b", "yaab").events)
                .containsExactly(Feed.TOO_LONG, line("y"));
    }

    @Test
    void discardedFramesLeaveNothingBehind() {
        Feed feed = delimited("END", 3).text("1EN");
        feed.decoder.discard();
        assertThat(feed.decoder.isMidFrame()).isFalse();
        assertThat(feed.text("DxEND").end().events).containsExactly(line("Dx"));
        feed.text("too long");
        feed.decoder.discard();
        assertThat(feed.text("okEND").end().events).containsExactly(line("Dx"), Feed.TOO_LONG, line("ok"));
    }

    private static Feed delimited(String delimiter) {
        return delimited(delimiter, 1024);
    }

    private static Feed delimited(String delimiter, int maxFrameLength) {
        return Feed.of(Framing.DELIMITED, Feed.builder(maxFrameLength).delimiter(delimiter));
    }
}
