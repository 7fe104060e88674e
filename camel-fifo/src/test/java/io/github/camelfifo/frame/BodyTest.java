package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the body of a frame is: {@link BodyType}, {@code skipEmptyFrames} and the marks. */
class BodyTest {

    @ParameterizedTest
    @EnumSource
    void theBodyIsWhatFitsTheFraming(Framing framing) {
        Class<?> expected = switch (framing) {
            case LINES, DELIMITED -> String.class;
            case FIXED, LENGTH_PREFIXED, CHUNKS, SESSION -> byte[].class;
        };
        assertThat(body(framing, BodyType.AUTO)).isInstanceOf(expected);
    }

    @ParameterizedTest
    @EnumSource(names = "SESSION", mode = EnumSource.Mode.EXCLUDE)
    void theBodyIsWhatIsAskedFor(Framing framing) {
        assertThat(body(framing, BodyType.STRING)).isInstanceOf(String.class);
        assertThat(body(framing, BodyType.BYTES)).isInstanceOf(byte[].class);
    }

    private static Object body(Framing framing, BodyType bodyType) {
        Feed feed = Feed.of(
                        framing,
                        Feed.builder(10).frameLength(3).lengthFieldSize(1).bodyType(bodyType))
                .text("\2a\n")
                .end();
        return ((Frame) feed.events.get(0)).body();
    }

    @Test
    void linesAsBytesAreNotDecoded() {
        byte[] malformed = {(byte) 0xC3, 'x', (byte) 0xFF};
        Feed feed = Feed.of(Framing.LINES, Feed.builder(10).bodyType(BodyType.BYTES))
                .bytes(malformed)
                .text("\r\n");
        assertThat(((Frame) feed.events.get(0)).body()).isEqualTo(malformed);
        assertThat(feed.decoder.malformedFrames()).isZero();
    }

    @Test
    void aBodyOfBytesBelongsToTheReceiver() {
        byte[] stream = {1, 2, '\n', 3, 4};
        Feed feed = Feed.of(Framing.LINES, Feed.builder(10).bodyType(BodyType.BYTES))
                .bytes(stream)
                .end();
        // Feed has spoiled the read buffer by now.
        assertThat(feed.readable()).containsExactly(new Frame("0102"), new Frame("0304", FrameMark.INCOMPLETE));
    }

    @Test
    void textIsDecodedInTheCharset() {
        Feed feed = Feed.of(
                Framing.FIXED, Feed.builder(ISO_8859_1, 10).frameLength(2).bodyType(BodyType.STRING));
        assertThat(feed.bytes(new byte[] {(byte) 0xE4, (byte) 0xFF}).events).containsExactly(line("äÿ"));
    }

    @Test
    void emptyFramesAreLeftOutWhereThatIsWanted() {
        String lines = "\na\n\r\n\n\nb\n\r\n";
        assertThat(lines(true).text(lines).events).containsExactly(line("a"), line("b"));
        assertThat(lines(true).inSingleBytes(lines.getBytes(ISO_8859_1)).end().events)
                .containsExactly(line("a"), line("b"));
        assertThat(lines(false).text(lines).events).hasSize(7);
        assertThat(lines(true).text("\r").end().events).containsExactly(unended("\r"));
    }

    @Test
    void emptyFramesOfEveryFramingThatHasAnyAreLeftOut() {
        FrameSettings.Builder settings = Feed.builder(10)
                .skipEmptyFrames(true)
                .delimiter("||")
                .lengthFieldSize(1)
                .bodyType(BodyType.STRING);
        assertThat(Feed.of(Framing.DELIMITED, settings)
                        .text("||a||", "|", "|||b||")
                        .end()
                        .events)
                .containsExactly(line("a"), line("b"));
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings).text("\0\0\1a\0").end().events)
                .containsExactly(line("a"));
    }

    @Test
    void anEmptyFrameThatSaysSomethingIsNotLeftOut() {
        FrameSettings.Builder settings =
                Feed.builder(10).skipEmptyFrames(true).lengthFieldSize(1).bodyType(BodyType.STRING);
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings).text("\3").end().events)
                .containsExactly(unended(""));
    }

    @Test
    void aFrameHasABodyAndAMark() {
        assertThatThrownBy(() -> new Frame(null)).hasMessage("body");
        assertThatThrownBy(() -> new Frame("", null)).hasMessage("mark");
    }

    @Test
    void aFrameTellsWhatIsOutOfTheOrdinary() {
        assertThat(line("a").isMarked()).isFalse();
        assertThat(unended("a"))
                .matches(Frame::isMarked)
                .matches(frame -> frame.mark().incomplete());
        assertThat(Feed.head(7, "a"))
                .matches(Frame::isMarked)
                .matches(frame -> frame.mark().truncated() == 7);
        assertThat(Feed.piece(0, "a")).matches(Frame::isMarked).matches(Frame::isFragment);
        assertThat(Feed.lastPiece(3, "a"))
                .matches(Frame::isFragment)
                .matches(frame -> frame.mark().lastFragment())
                .matches(frame -> !frame.mark().incomplete())
                .matches(frame -> frame.mark().truncated() == 0);
        assertThat(Feed.lastPiece(3, "a").asIncomplete()).isEqualTo(new Frame("a", FrameMark.lastFragment(3, true)));
    }

    private static Feed lines(boolean skipEmptyFrames) {
        return Feed.of(Framing.LINES, Feed.builder(10).skipEmptyFrames(skipEmptyFrames));
    }
}
