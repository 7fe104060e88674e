package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineEncoderTest {

    private static final int MAX = 5;

    private final FrameEncoder encoder = Framing.LINES.encoder(Feed.settings(UTF_8, MAX));

    @Test
    void aBodyGetsALineFeedUnlessItEndsWithOne() throws Exception {
        assertThat(frame("abc")).isEqualTo("abc\n");
        assertThat(frame("abc\n")).isEqualTo("abc\n");
        assertThat(frame("abc\r\n")).isEqualTo("abc\r\n");
        assertThat(frame("a\nb")).isEqualTo("a\nb\n");
        assertThat(frame("")).isEqualTo("\n");
        assertThat(frame("\n")).isEqualTo("\n");
        assertThat(frame("\r")).isEqualTo("\r\n");
        assertThat(frame("ä€")).isEqualTo("ä€\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "12345\n", "12345\r\n", "12345\r", "ä€", "12\n45"})
    void aBodyOfExactlyTheLimitIsAcceptedWhateverItsEnd(String body) {
        assertThatCode(() -> frame(body)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"123456,6", "'123456\n',6", "'123456\r\n',6", "'12345\r\r\n',6", "ä€€,8", "'12345\n\n',6"})
    void aLongerBodyIsRefusedWithItsLengthWithoutItsEnd(String body, int length) {
        for (ThrowingEncode encode :
                new ThrowingEncode[] {() -> encoder.encode(body), () -> encoder.encode(body.getBytes(UTF_8))}) {
            FrameTooLongException refusal = catchThrowableOfType(FrameTooLongException.class, encode::run);
            assertThat(refusal.lengthSoFar()).isEqualTo(length);
            assertThat(refusal.source()).isEqualTo(Feed.SOURCE);
            assertThat(refusal.head()).hasSize(length);
            assertThat(body).startsWith(new String(refusal.head(), UTF_8));
        }
    }

    @Test
    void theHeadOfALongBodyIsCut() {
        String body = "0123456789".repeat(100);
        FrameTooLongException refusal = catchThrowableOfType(FrameTooLongException.class, () -> encoder.encode(body));
        assertThat(refusal.head()).asString(UTF_8).isEqualTo(body.substring(0, FrameTooLongException.HEAD_LENGTH));
        assertThat(refusal.lengthSoFar()).isEqualTo(1000);
    }

    @Test
    void aBodyOfBytesIsNotDecodedAndNotChanged() throws Exception {
        byte[] body = {(byte) 0xFF, 0, (byte) 0xC3};
        ByteBuffer frame = encoder.encode(body);
        assertThat(frame).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 0, (byte) 0xC3, '\n'}));
        assertThat(body).containsExactly(0xFF, 0, 0xC3);
    }

    @Test
    void anEndedBodyOfBytesIsNotCopied() throws Exception {
        byte[] body = {'a', '\n'};
        ByteBuffer frame = encoder.encode(body);
        body[0] = 'b';
        assertThat(frame.get(0)).isEqualTo((byte) 'b');
    }

    @Test
    void aTextThatCannotBeEncodedIsRefused() {
        assertThatThrownBy(() -> encoder.encode("a\uD83D")).isInstanceOf(UnencodableTextException.class);
    }

    /** The frame, which is the same for both kinds of body. */
    private String frame(String body) throws Exception {
        ByteBuffer ofText = encoder.encode(body);
        ByteBuffer ofBytes = encoder.encode(body.getBytes(UTF_8));
        assertThat(ofText.position()).isZero();
        assertThat(ofBytes.position()).isZero();
        assertThat(ofText).isEqualTo(ofBytes);
        return UTF_8.decode(ofText).toString();
    }

    private interface ThrowingEncode {
        void run() throws Exception;
    }
}
