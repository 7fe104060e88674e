package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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

class ChunkTest {

    @ParameterizedTest
    @EnumSource
    void whatOneReadGivesIsOneFrame(BufferKind kind) {
        Feed feed = Feed.chunks(64).bytes(kind, new byte[] {1, 2, 3}).bytes(kind, new byte[] {'\n'});
        assertThat(bodies(feed)).containsExactly(new byte[] {1, 2, 3}, new byte[] {'\n'});
    }

    @Test
    void aReadLongerThanAChunkIsSeveralFrames() {
        Feed feed = Feed.chunks(2).bytes(new byte[] {1, 2, 3, 4, 5});
        assertThat(bodies(feed)).containsExactly(new byte[] {1, 2}, new byte[] {3, 4}, new byte[] {5});
    }

    @Test
    void anEmptyReadMakesNoFrame() {
        assertThat(Feed.chunks(2).bytes(new byte[0]).end().events).isEmpty();
    }

    @Test
    void nothingIsEverUnfinished() throws Exception {
        Feed feed = Feed.chunks(8).bytes(new byte[] {1, 2, 3});
        assertThat(feed.decoder.pendingBytes()).isZero();
        assertThat(feed.decoder.bytesWanted()).isZero();
        assertThat(feed.decoder.malformedFrames()).isZero();
        assertThat(feed.decoder.finish()).isNull();
    }

    @Property
    void theChunksPutTogetherAreTheBytesWritten(
            @ForAll("bodies") List<byte[]> bodies,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll @IntRange(min = 1, max = 70) int chunkSize,
            @ForAll BufferKind kind)
            throws Exception {
        FrameEncoder encoder = Framing.CHUNKS.encoder(Feed.settings(UTF_8, 1));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (byte[] body : bodies) {
            ByteBuffer frame = encoder.encode(body);
            assertThat(frame).isEqualTo(ByteBuffer.wrap(body));
            written.writeBytes(body);
        }

        Feed feed = Feed.chunks(chunkSize)
                .inPieces(kind, written.toByteArray(), pieces)
                .end();

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (byte[] chunk : bodies(feed)) {
            assertThat(chunk).hasSizeBetween(1, chunkSize);
            read.writeBytes(chunk);
        }
        assertThat(read.toByteArray()).isEqualTo(written.toByteArray());
    }

    @Test
    void aBodyIsWrittenAsItIsHoweverLong() throws Exception {
        FrameEncoder encoder = Framing.CHUNKS.encoder(Feed.settings(UTF_8, 1));
        byte[] body = new byte[100_000];
        ByteBuffer frame = encoder.encode(body);
        assertThat(frame.remaining()).isEqualTo(body.length);
        body[99_999] = 7;
        assertThat(frame.get(99_999)).as("not copied").isEqualTo((byte) 7);
        assertThat(encoder.encode("äb\n")).isEqualTo(UTF_8.encode("äb\n"));
        assertThat(encoder.encode("")).isEqualTo(ByteBuffer.allocate(0));
    }

    @Test
    void aTextMayBeInAnyCharsetButNotBeReplaced() throws Exception {
        FrameEncoder encoder = Framing.CHUNKS.encoder(Feed.settings(UTF_16, 1));
        assertThat(encoder.encode("ab")).isEqualTo(ByteBuffer.wrap("ab".getBytes(UTF_16)));
        assertThatThrownBy(() -> encoder.encode("a\uDE00")).isInstanceOf(UnencodableTextException.class);
    }

    @Provide
    Arbitrary<List<byte[]>> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(100).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, 100).list().ofMinSize(1).ofMaxSize(10);
    }

    private static List<byte[]> bodies(Feed feed) {
        return feed.events.stream()
                .map(event -> (byte[]) ((Frame) event).body())
                .toList();
    }
}
