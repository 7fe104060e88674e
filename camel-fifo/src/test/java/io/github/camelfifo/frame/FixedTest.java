package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static io.github.camelfifo.frame.Feed.unended;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FixedTest {

    @ParameterizedTest
    @EnumSource
    void everySoManyBytesAreAFrameAtEverySplitPoint(BufferKind kind) {
        byte[] stream = "abcd\n\n\n\nefghij".getBytes(UTF_8);
        for (int split = 0; split <= stream.length; split++) {
            Feed feed = records(BodyType.STRING)
                    .bytes(kind, Arrays.copyOf(stream, split))
                    .bytes(kind, Arrays.copyOfRange(stream, split, stream.length))
                    .end();
            assertThat(feed.events)
                    .as("split at %d", split)
                    .containsExactly(line("abcd"), line("\n\n\n\n"), line("efgh"), unended("ij"));
        }
    }

    @Test
    void aRecordIsBytesOfItsOwn() {
        byte[] stream = {1, 2, 3, 4, 5, 6, 7, 8};
        Feed feed = records(BodyType.AUTO).bytes(Arrays.copyOf(stream, 6)).bytes(Arrays.copyOfRange(stream, 6, 8));
        assertThat(((Frame) feed.events.get(0)).body()).isEqualTo(new byte[] {1, 2, 3, 4});
        assertThat(((Frame) feed.events.get(1)).body()).isEqualTo(new byte[] {5, 6, 7, 8});
    }

    @Test
    void whatIsMissingIsWanted() {
        Feed feed = records(BodyType.AUTO);
        assertThat(feed.decoder.bytesWanted()).isZero();
        assertThat(feed.text("a").decoder.bytesWanted()).isEqualTo(3);
        assertThat(feed.decoder.pendingBytes()).isEqualTo(1);
        assertThat(feed.text("bc").decoder.bytesWanted()).isEqualTo(1);
        assertThat(feed.text("d").decoder.bytesWanted()).isZero();
    }

    @Test
    void aStreamThatEndsAtARecordsEndHasNoRest() {
        assertThat(records(BodyType.STRING).text("abcd").end().events).containsExactly(line("abcd"));
    }

    @Test
    void aRecordIsWrittenAsItIs() throws Exception {
        FrameEncoder encoder = encoder();
        byte[] body = {1, 2, 3, 4};
        assertThat(encoder.encode(body)).isEqualTo(ByteBuffer.wrap(body));
        assertThat(encoder.encode("äbc")).isEqualTo(UTF_8.encode("äbc"));
        assertThatThrownBy(() -> encoder.encode("abc\uD83D")).isInstanceOf(UnencodableTextException.class);
    }

    @Test
    void aRecordOfAnotherLengthIsRefusedWithTargetAndLengths() {
        FrameLengthException shorter =
                catchThrowableOfType(FrameLengthException.class, () -> encoder().encode(new byte[3]));
        assertThat(shorter)
                .hasMessage(
                        "Message for /run/test.fifo has 3 bytes, and framing=FIXED with frameLength=4 takes exactly 4");
        assertThat(shorter.length()).isEqualTo(3);
        assertThat(shorter.source()).isEqualTo(Feed.SOURCE);
        assertThatThrownBy(() -> encoder().encode("äöü")).isInstanceOf(FrameLengthException.class);
        assertThatThrownBy(() -> encoder().encode("")).isInstanceOf(FrameLengthException.class);
    }

    private static Feed records(BodyType bodyType) {
        return Feed.of(Framing.FIXED, Feed.builder(10).frameLength(4).bodyType(bodyType));
    }

    private static FrameEncoder encoder() {
        return Framing.FIXED.encoder(Feed.builder(10).frameLength(4).build());
    }
}
