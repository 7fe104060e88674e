package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.head;
import static io.github.camelfifo.frame.Feed.lastPiece;
import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.piece;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link OversizedFrame#TRUNCATE} and {@link OversizedFrame#SPLIT} deliver; for FAIL see {@link LineLimitTest}. */
class OversizedFrameTest {

    private static final int MAX = 5;

    /** Around the limit and its multiple with both ends, with good lines between, and cut characters. */
    private static final String CORPUS = "12345\n12345\r\n123456\r\n1234567890\n12345\r\r\n12345\rx\n\n"
            + "far too long\n€€€\nok\r\nabc\uD83D\uDE00d\nunended";

    @Test
    void truncatedLinesAreTheirHeadsAndTellTheirFullLength() {
        assertAtEveryTwoSplitPoints(
                OversizedFrame.TRUNCATE,
                List.of(
                        line("12345"),
                        line("12345"),
                        head(6, "12345"),
                        head(10, "12345"),
                        head(6, "12345"),
                        head(7, "12345"),
                        line(""),
                        head(12, "far t"),
                        head(9, "€"),
                        line("ok"),
                        head(8, "abc"),
                        new Frame("unend", FrameMark.truncated(7, true))));
    }

    @Test
    void splitLinesAreTheirPiecesInOrderAndTheLastIsMarked() {
        assertAtEveryTwoSplitPoints(
                OversizedFrame.SPLIT,
                List.of(
                        line("12345"),
                        line("12345"),
                        piece(0, "12345"),
                        lastPiece(1, "6"),
                        piece(0, "12345"),
                        lastPiece(1, "67890"),
                        piece(0, "12345"),
                        lastPiece(1, "\r"),
                        piece(0, "12345"),
                        lastPiece(1, "\rx"),
                        line(""),
                        piece(0, "far t"),
                        piece(1, "oo lo"),
                        lastPiece(2, "ng"),
                        piece(0, "€"),
                        piece(1, "€"),
                        lastPiece(2, "€"),
                        line("ok"),
                        piece(0, "abc"),
                        lastPiece(1, "\uD83D\uDE00d"),
                        piece(0, "unend"),
                        new Frame("ed", FrameMark.lastFragment(1, true))));
    }

    private static void assertAtEveryTwoSplitPoints(OversizedFrame policy, List<Object> expected) {
        byte[] stream = CORPUS.getBytes(UTF_8);
        for (int first = 0; first <= stream.length; first++) {
            for (int second = first; second <= stream.length; second += 3) {
                Feed feed = lines(policy)
                        .bytes(Arrays.copyOf(stream, first))
                        .bytes(Arrays.copyOfRange(stream, first, second))
                        .bytes(Arrays.copyOfRange(stream, second, stream.length))
                        .end();
                assertThat(feed.events).as("split at %d and %d", first, second).isEqualTo(expected);
            }
        }
        assertThat(lines(policy).inSingleBytes(stream).end().events).isEqualTo(expected);
        for (BufferKind kind : BufferKind.values()) {
            assertThat(lines(policy).bytes(kind, stream).end().events).isEqualTo(expected);
        }
    }

    @Test
    void aPieceComesAsSoonAsMoreOfTheFrameFollowsIt() {
        Feed feed = lines(OversizedFrame.SPLIT).text("12345");
        assertThat(feed.events).isEmpty();
        feed.text("6");
        assertThat(feed.events).containsExactly(piece(0, "12345"));
        feed.text("7890");
        assertThat(feed.events).hasSize(1);
        feed.text("\n");
        assertThat(feed.events).containsExactly(piece(0, "12345"), lastPiece(1, "67890"));
    }

    @Test
    void whatMayBeTheEndIsNoFollower() {
        assertThat(lines(OversizedFrame.SPLIT).text("12345\r").events).isEmpty();
        assertThat(lines(OversizedFrame.SPLIT).text("12345\r", "\n").events).containsExactly(line("12345"));
        assertThat(lines(OversizedFrame.SPLIT).text("12345\r", "\r").events).containsExactly(piece(0, "12345"));
        assertThat(lines(OversizedFrame.SPLIT).text("12345\r").end().events).containsExactly(unended("12345\r"));
        assertThat(lines(OversizedFrame.TRUNCATE).text("12345\r").end().events).containsExactly(unended("12345\r"));
    }

    @Test
    void aDelimiterThatBeginsInWhatIsHeldIsFoundThoughAPieceGoesFirst() {
        Feed feed = Feed.of(
                        Framing.DELIMITED, Feed.builder(MAX).delimiter("aab").oversizedFrame(OversizedFrame.SPLIT))
                .text("12345aa", "abnextaab");
        assertThat(feed.events).containsExactly(piece(0, "12345"), lastPiece(1, "a"), line("next"));
    }

    @Test
    void aFrameThatFollowsASplitOrTruncatedOneIsCountedAfresh() {
        assertThat(lines(OversizedFrame.SPLIT).text("1234567\n1234567\n").events)
                .containsExactly(piece(0, "12345"), lastPiece(1, "67"), piece(0, "12345"), lastPiece(1, "67"));
        assertThat(lines(OversizedFrame.SPLIT).text("1234567").end().text("8\n").events)
                .containsExactly(piece(0, "12345"), new Frame("67", FrameMark.lastFragment(1, true)), line("8"));
        assertThat(lines(OversizedFrame.TRUNCATE).text("1234567").end().text("8\n").events)
                .containsExactly(new Frame("12345", FrameMark.truncated(7, true)), line("8"));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRUNCATE", "SPLIT"})
    void discardedFramesLeaveNothingBehind(OversizedFrame policy) {
        Feed feed = lines(policy).text("1234€");
        feed.decoder.discard();
        feed.events.clear();
        assertThat(feed.decoder.isMidFrame()).isFalse();
        assertThat(feed.decoder.pendingBytes()).isZero();
        assertThat(feed.text("ok\n").events).containsExactly(line("ok"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void aCharacterLongerThanTheLimitIsAPieceOfItsOwn(int max) {
        String text = "a€b\uD83D\uDE00€ä";
        Feed feed = Feed.of(Framing.LINES, Feed.builder(max).oversizedFrame(OversizedFrame.SPLIT))
                .inSingleBytes((text + "\n€\n").getBytes(UTF_8))
                .end();
        StringBuilder joined = new StringBuilder();
        for (Object event : feed.events.subList(0, feed.events.size() - 1)) {
            joined.append(((Frame) event).body());
        }
        assertThat(joined).hasToString(text);
        assertThat(feed.events).endsWith(line("€"));
    }

    @Test
    void bytesAreCutAnywhere() {
        Feed feed = Feed.of(
                        Framing.LINES, Feed.builder(4).bodyType(BodyType.BYTES).oversizedFrame(OversizedFrame.SPLIT))
                .text("€€\n");
        assertThat(((Frame) feed.events.get(0)).body()).isEqualTo(Arrays.copyOf("€€".getBytes(UTF_8), 4));
        Feed truncated = Feed.of(
                        Framing.LINES, Feed.builder(4).bodyType(BodyType.BYTES).oversizedFrame(OversizedFrame.TRUNCATE))
                .text("€€\n");
        assertThat(((Frame) truncated.events.get(0)).body()).isEqualTo(Arrays.copyOf("€€".getBytes(UTF_8), 4));
    }

    /** With byte order marks, surrogates, shift sequences, two to four bytes a character. */
    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "UTF-16", "x-UTF-16LE-BOM", "UTF-32", "ISO-2022-JP", "Shift_JIS", "GB18030", "EUC-JP"})
    void piecesOfTextPutTogetherAreTheTextInAnyCharset(String name) {
        Charset charset = Charset.forName(name);
        String text = "abc日本語abc漢字かな日本abc日本語".repeat(3);
        byte[] bytes = text.getBytes(charset);
        byte[] stream = ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
        for (int max = 8; max < 20; max++) {
            FrameSettings.Builder settings =
                    Feed.builder(charset, max).bodyType(BodyType.STRING).oversizedFrame(OversizedFrame.SPLIT);
            Feed split = Feed.of(Framing.LENGTH_PREFIXED, settings).inPieces(BufferKind.HEAP, stream, List.of(7));
            StringBuilder joined = new StringBuilder();
            split.events.forEach(event -> joined.append(((Frame) event).body()));
            assertThat(joined).as("limit %d", max).hasToString(text);
            assertThat(split.decoder.malformedFrames()).isZero();

            settings.oversizedFrame(OversizedFrame.TRUNCATE);
            Feed truncated = Feed.of(Framing.LENGTH_PREFIXED, settings).bytes(stream);
            assertThat(truncated.events).hasSize(1);
            String head = (String) ((Frame) truncated.events.get(0)).body();
            assertThat(text).startsWith(head);
            assertThat(head).isNotEmpty();
            assertThat(((Frame) truncated.events.get(0)).mark().truncated()).isEqualTo(bytes.length);
            assertThat(truncated.decoder.malformedFrames()).isZero();
        }
    }

    @Test
    void malformedTextIsCountedOnceForEachPiece() {
        byte[] stream = {'a', (byte) 0xFF, (byte) 0xFE, 'b', 'c', 'd', 'e', 'f', 'g', 'h', (byte) 0xFF, '\n'};
        Feed split = lines(OversizedFrame.SPLIT).bytes(stream);
        assertThat(split.events)
                .containsExactly(piece(0, "a\uFFFD\uFFFDbc"), piece(1, "defgh"), lastPiece(2, "\uFFFD"));
        assertThat(split.decoder.malformedFrames()).isEqualTo(2);
        Feed truncated = lines(OversizedFrame.TRUNCATE).bytes(stream);
        assertThat(truncated.events).containsExactly(head(11, "a\uFFFD\uFFFDbc"));
        assertThat(truncated.decoder.malformedFrames()).isEqualTo(1);
    }

    @Test
    void announcedLengthsAreCountedAsTheyCome() {
        FrameSettings.Builder settings = Feed.builder(MAX).lengthFieldSize(1).bodyType(BodyType.STRING);
        settings.oversizedFrame(OversizedFrame.TRUNCATE);
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings).text("\143456").end().events)
                .containsExactly(unended("456"));
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings)
                        .text("\1431234567")
                        .end()
                        .events)
                .containsExactly(new Frame("12345", FrameMark.truncated(7, true)));
        settings.oversizedFrame(OversizedFrame.SPLIT);
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings).text("\14312345").end().events)
                .containsExactly(unended("12345"));
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings).text("\01212345", "67890", "\1x").events)
                .containsExactly(piece(0, "12345"), lastPiece(1, "67890"), line("x"));
    }

    @Test
    void whatIsWantedNeverPassesTheEndOfASplitOrTruncatedFrame() {
        Feed split = lines(OversizedFrame.SPLIT).text("1234567");
        assertThat(split.decoder.bytesWanted()).isEqualTo(1);
        assertThat(split.decoder.isMidFrame()).isTrue();
        Feed truncated = lines(OversizedFrame.TRUNCATE).text("1234567");
        assertThat(truncated.decoder.bytesWanted()).isEqualTo(1);
        assertThat(truncated.decoder.pendingBytes()).isEqualTo(5);
    }

    @Test
    void boundedSessionsAreSplitAndTruncatedToo() {
        Feed split = Feed.of(Framing.SESSION, Feed.builder(4).oversizedFrame(OversizedFrame.SPLIT))
                .text("ab", "cdefgh", "ij")
                .end();
        assertThat(split.readable()).containsExactly(piece(0, "61626364"), piece(1, "65666768"), lastPiece(2, "696a"));
        Feed truncated = Feed.of(Framing.SESSION, Feed.builder(4).oversizedFrame(OversizedFrame.TRUNCATE))
                .text("ab", "cdefgh", "ij")
                .end();
        assertThat(truncated.readable()).containsExactly(head(10, "61626364"));
    }

    @Test
    void fourHundredMegabytesWithoutALineEndAreOneExceptionOrHeadOrManyPiecesAndThenTheNextLineArrives()
            throws Exception {
        long fullLength = 400L << 20;
        for (OversizedFrame policy : OversizedFrame.values()) {
            LineDecoder decoder = (LineDecoder) Framing.LINES.decoder(
                    Feed.builder(1 << 20).oversizedFrame(policy).build());
            ByteBuffer read = ByteBuffer.allocate(1 << 16);
            Arrays.fill(read.array(), (byte) 'x');
            int frames = 0;
            int refusals = 0;
            for (long sent = 0; sent < fullLength; sent += read.capacity()) {
                read.clear();
                while (read.hasRemaining()) {
                    try {
                        frames += decoder.decode(read) == null ? 0 : 1;
                    } catch (FrameTooLongException e) {
                        refusals++;
                    }
                    assertThat(Feed.capacity(decoder)).isLessThanOrEqualTo((1 << 20) + 1);
                }
            }
            ByteBuffer end = ByteBuffer.wrap("\nnext\n".getBytes(UTF_8));
            Frame last = policy == OversizedFrame.FAIL ? null : decoder.decode(end);
            assertThat(decoder.decode(end)).isEqualTo(line("next"));
            switch (policy) {
                case FAIL -> assertThat(refusals).isEqualTo(1);
                case TRUNCATE -> assertThat(last.mark()).isEqualTo(FrameMark.truncated(fullLength, false));
                case SPLIT -> assertThat(last.mark()).isEqualTo(FrameMark.lastFragment(399, false));
            }
            assertThat(frames).isEqualTo(policy == OversizedFrame.SPLIT ? 399 : 0);
        }
    }

    private static Feed lines(OversizedFrame policy) {
        return Feed.of(Framing.LINES, Feed.builder(MAX).oversizedFrame(policy));
    }
}
