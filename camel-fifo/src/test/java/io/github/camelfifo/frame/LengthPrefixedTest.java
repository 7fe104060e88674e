package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.TOO_LONG;
import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LengthPrefixedTest {

    @ParameterizedTest
    @EnumSource
    void frameEndsAreFoundAtEverySplitPoint(BufferKind kind) {
        byte[] stream = "\0\3abc\0\0\0\1\n\0\12far too lo\0\4äö\0\5äöü".getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = text(2, 5)
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(feed.events)
                    .as("split at %d", split)
                    .containsExactly(
                            line("abc"), line(""), line("\n"), TOO_LONG, line("äö"), line("äö\uFFFD"), unended(""));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void lengthsAreUnsigned(int size) throws Exception {
        byte[] body = new byte[size == 1 ? 0xFE : 0xFEDC];
        Arrays.fill(body, (byte) 7);
        FrameSettings settings = settings(size, 100_000).build();
        ByteBuffer frame = Framing.LENGTH_PREFIXED.encoder(settings).encode(body);
        assertThat(frame.limit()).isEqualTo(size + body.length);
        byte[] bytes = new byte[frame.limit()];
        frame.get(bytes);
        assertThat(bytes[size - 1]).isEqualTo((byte) (size == 1 ? 0xFE : 0xDC));

        Feed feed = Feed.of(Framing.LENGTH_PREFIXED, settings).bytes(bytes);
        assertThat(((Frame) feed.events.get(0)).body()).isEqualTo(body);
    }

    @Test
    void whatIsMissingIsWantedFirstOfTheLengthThenOfTheBody() {
        Feed feed = text(4, 100);
        assertThat(feed.decoder.bytesWanted()).isZero();
        assertThat(feed.text("\0").decoder.bytesWanted()).isEqualTo(3);
        assertThat(feed.decoder.isMidFrame()).isTrue();
        assertThat(feed.decoder.pendingBytes()).isEqualTo(1);
        assertThat(feed.text("\0\0").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("\7").decoder.bytesWanted()).isEqualTo(7);
        assertThat(feed.text("abcd").decoder.bytesWanted()).isEqualTo(3);
        assertThat(feed.decoder.pendingBytes()).isEqualTo(8);
        assertThat(feed.text("efg").decoder.bytesWanted()).isZero();
        assertThat(feed.events).containsExactly(line("abcdefg"));
    }

    @Test
    void anOversizedFrameIsRefusedAtItsFirstByteWithTheLengthThatItAnnounces() {
        Feed feed = text(2, 5).bytes(new byte[] {1, 0});
        assertThat(feed.events).isEmpty();
        feed.text("GET /");
        assertThat(feed.events).containsExactly(TOO_LONG);
        assertThat(feed.refusals.get(0).lengthSoFar()).isEqualTo(256);
        assertThat(feed.refusals.get(0).head()).asString(UTF_8).isEqualTo("GET /");
        assertThat(feed.decoder.pendingBytes()).isZero();
        assertThat(feed.decoder.bytesWanted()).isEqualTo(251);
        feed.bytes(new byte[251]).text("\0\2ok");
        assertThat(feed.events).containsExactly(TOO_LONG, line("ok"));
    }

    @Test
    void aLengthBeyondAllArraysIsSkippedWithoutTakingMemory() throws Exception {
        FrameDecoder decoder = Framing.LENGTH_PREFIXED.decoder(
                settings(4, FrameSettings.MAX_FRAME_LENGTH).build());
        long length = 0xFFFF_FFFFL;
        ByteBuffer start = ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, 'h', 'e', 'a', 'd'});
        FrameTooLongException refusal = catchThrowableOfType(FrameTooLongException.class, () -> decoder.decode(start));
        assertThat(refusal.lengthSoFar()).isEqualTo(length);
        assertThat(refusal.head()).asString(UTF_8).isEqualTo("head");
        assertThat(decoder.bytesWanted()).isEqualTo(Integer.MAX_VALUE);

        ByteBuffer read = ByteBuffer.allocate(1 << 24);
        long missing = length - 4;
        for (; missing > read.capacity(); missing -= read.capacity()) {
            assertThat(decoder.decode(read.clear())).isNull();
        }
        assertThat(decoder.bytesWanted()).isEqualTo((int) missing);
        assertThat(decoder.decode(read.clear().limit((int) missing))).isNull();
        assertThat(decoder.isMidFrame()).isFalse();
        assertThat(decoder.decode(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 5}))).isNotNull();
    }

    @Test
    void anAnnouncedLengthTakesNoMemoryBeforeItsBytesCome() {
        Feed feed = Feed.of(Framing.LENGTH_PREFIXED, settings(4, 1 << 30)).bytes(new byte[] {0x3F, -1, -1, -1, 'x'});
        assertThat(Feed.capacity(feed.decoder)).isLessThanOrEqualTo(128);
    }

    @Test
    void aStreamThatEndsInALengthOrAfterItHasAnIncompleteFrameWithoutContent() {
        assertThat(text(2, 5).text("\0").end().events).containsExactly(unended(""));
        assertThat(text(2, 5).text("\0\4").end().events).containsExactly(unended(""));
        assertThat(text(2, 5).text("\0\4a").end().events).containsExactly(unended("a"));
        assertThat(text(2, 5).text("\0\1a").end().events).containsExactly(line("a"));
        assertThat(text(2, 5).text("\1").end().text("\0\1b").end().events).containsExactly(unended(""), line("b"));
    }

    @Test
    void textMayBeInAnyCharset() throws Exception {
        FrameSettings settings = Feed.builder(UTF_16LE, 100)
                .lengthFieldSize(1)
                .bodyType(BodyType.STRING)
                .build();
        byte[] frame = {6, 'a', 0, '\n', 0, (byte) 0xAC, 0x20};
        assertThat(Framing.LENGTH_PREFIXED.encoder(settings).encode("a\n€")).isEqualTo(ByteBuffer.wrap(frame));
        assertThat(Feed.of(Framing.LENGTH_PREFIXED, settings)
                        .inSingleBytes(frame)
                        .end()
                        .events)
                .containsExactly(line("a\n€"));
    }

    @Test
    void emptyBodiesAreFramesToo() throws Exception {
        assertThat(encoder(2, 5).encode("")).isEqualTo(ByteBuffer.wrap(new byte[2]));
    }

    @Test
    void aBodyOverTheLimitIsRefused() {
        FrameTooLongException refusal = catchThrowableOfType(
                FrameTooLongException.class, () -> encoder(2, 5).encode("123456"));
        assertThat(refusal.lengthSoFar()).isEqualTo(6);
        assertThat(refusal).hasMessageContaining("maxFrameLength allows 5");
        assertThat(refusal.head()).asString(UTF_8).isEqualTo("123456");
        assertThatThrownBy(() -> encoder(2, 5).encode(new byte[6])).isInstanceOf(FrameTooLongException.class);
    }

    @Test
    void aBodyThatIsLongerThanTheLengthCanSayIsRefused() throws Exception {
        assertThat(encoder(1, 1000).encode(new byte[255]).get(0)).isEqualTo((byte) 255);
        assertThatThrownBy(() -> encoder(1, 1000).encode(new byte[256]))
                .isInstanceOf(FrameTooLongException.class)
                .hasMessageContainingAll(Feed.SOURCE, "256 bytes", "lengthFieldSize=1 allows 255");
        assertThat(encoder(2, 100_000).encode(new byte[65_535]).limit()).isEqualTo(65_537);
        assertThatThrownBy(() -> encoder(2, 100_000).encode(new byte[65_536]))
                .hasMessageContaining("lengthFieldSize=2 allows 65535");
    }

    private static Feed text(int lengthFieldSize, int maxFrameLength) {
        return Feed.of(
                Framing.LENGTH_PREFIXED,
                settings(lengthFieldSize, maxFrameLength).bodyType(BodyType.STRING));
    }

    private static FrameEncoder encoder(int lengthFieldSize, int maxFrameLength) {
        return Framing.LENGTH_PREFIXED.encoder(
                settings(lengthFieldSize, maxFrameLength).build());
    }

    private static FrameSettings.Builder settings(int lengthFieldSize, int maxFrameLength) {
        return Feed.builder(maxFrameLength).lengthFieldSize(lengthFieldSize);
    }
}
