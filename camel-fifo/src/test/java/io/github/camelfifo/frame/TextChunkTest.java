package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TextChunkTest {

    private static final byte[] EURO = "€".getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void aCharacterCutByAReadGoesIntoTheNextChunk(BufferKind kind) {
        byte[] stream = "aä€\uD83D\uDE00b".getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = chunks(64)
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(joined(feed)).as("split at %d", split).isEqualTo("aä€\uD83D\uDE00b");
            assertThat(feed.decoder.malformedFrames()).isZero();
        }
    }

    @Test
    void aReadOfPartOfACharacterIsNoChunkYet() {
        Feed feed = chunks(64).bytes(Arrays.copyOf(EURO, 2));
        assertThat(feed.events).isEmpty();
        assertThat(feed.decoder.pendingBytes()).isEqualTo(2);
        assertThat(feed.decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.decoder.isMidFrame()).isTrue();
        feed.bytes(Arrays.copyOfRange(EURO, 2, 3));
        assertThat(feed.events).containsExactly(line("€"));
        assertThat(feed.decoder.isMidFrame()).isFalse();
        assertThat(feed.decoder.pendingBytes()).isZero();
    }

    @Test
    void aCharacterCutByTheEndOfTheStreamIsReplacedAndCounted() {
        Feed feed = chunks(64)
                .text("a")
                .bytes(Arrays.copyOf(EURO, 2))
                .end()
                .text("b")
                .end();
        assertThat(feed.events).containsExactly(line("a"), line("\uFFFD"), line("b"));
        assertThat(feed.decoder.malformedFrames()).isEqualTo(1);
    }

    @Test
    void malformedInputIsReplacedAndCountedOnceAChunk() {
        Feed feed = chunks(64).bytes(new byte[] {'a', -1, 'b', -1}).text("good");
        assertThat(feed.events).containsExactly(line("a\uFFFDb\uFFFD"), line("good"));
        assertThat(feed.decoder.malformedFrames()).isEqualTo(1);
    }

    @Test
    void aReadLongerThanAChunkIsSeveral() {
        assertThat(chunks(4).text("abcd€€x").events).containsExactly(line("abcd"), line("€"), line("€x"));
        assertThat(joined(chunks(1).text("a€b").end())).isEqualTo("a€b");
    }

    /** Its decoder holds the vowel until it has seen what follows, also over a reset. */
    @Test
    void aCharacterThatTheCharsetHoldsBackIsDiscardedToo() {
        Charset indian = Charset.forName("x-ISCII91");
        Feed feed = chunks(indian, 64).bytes("\u0907".getBytes(indian));
        feed.decoder.discard();
        assertThat(feed.text("b").end().events).containsExactly(line("b"));
    }

    @Test
    void discardedBytesLeaveNothingBehind() {
        Feed feed = chunks(64).bytes(Arrays.copyOf(EURO, 2));
        feed.decoder.discard();
        assertThat(feed.decoder.pendingBytes()).isZero();
        assertThat(feed.text("b").end().events).containsExactly(line("b"));
    }

    @Property
    void chunksPutTogetherAreTheTextInAnyCharsetAtAnySplit(
            @ForAll("charsets") Charset charset,
            @ForAll("texts") String text,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll @IntRange(min = 1, max = 30) int chunkSize) {
        byte[] stream = text.getBytes(charset);
        Feed feed = chunks(charset, chunkSize)
                .inPieces(BufferKind.HEAP, stream, pieces)
                .end();
        assertThat(joined(feed)).isEqualTo(text);
        assertThat(feed.decoder.malformedFrames()).isZero();
    }

    @Property
    void anyBytesGiveWhatTheyGiveInOnePieceAndLittleIsHeld(
            @ForAll("charsets") Charset charset, @ForAll byte[] stream, @ForAll("pieces") List<Integer> pieces) {
        Feed feed =
                chunks(charset, 20).inPieces(BufferKind.HEAP, stream, pieces).end();
        assertThat(joined(feed)).isEqualTo(new String(stream, charset));
    }

    @Provide
    Arbitrary<Charset> charsets() {
        return Arbitraries.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "ISO-2022-JP", "Shift_JIS", "GB18030", "EUC-JP")
                .map(Charset::forName);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab\n日本語かな漢字？").ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, 20).list().ofMinSize(1).ofMaxSize(8);
    }

    private static String joined(Feed feed) {
        StringBuilder text = new StringBuilder();
        feed.events.forEach(event -> text.append(((Frame) event).body()));
        return text.toString();
    }

    private static Feed chunks(int chunkSize) {
        return chunks(UTF_8, chunkSize);
    }

    private static Feed chunks(Charset charset, int chunkSize) {
        return Feed.of(
                Framing.CHUNKS, Feed.builder(charset, 16).chunkSize(chunkSize).bodyType(BodyType.STRING));
    }
}
