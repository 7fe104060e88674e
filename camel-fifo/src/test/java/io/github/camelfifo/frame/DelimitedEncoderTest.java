package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DelimitedEncoderTest {

    private final FrameEncoder encoder = encoder("||", EmbeddedDelimiter.PASS);

    @Test
    void aBodyGetsTheDelimiterUnlessItEndsWithIt() throws Exception {
        assertThat(frame(encoder, "abc")).isEqualTo("abc||");
        assertThat(frame(encoder, "abc||")).isEqualTo("abc||");
        assertThat(frame(encoder, "a||b")).isEqualTo("a||b||");
        assertThat(frame(encoder, "")).isEqualTo("||");
        assertThat(frame(encoder, "||")).isEqualTo("||");
        assertThat(frame(encoder, "|")).isEqualTo("|||");
        assertThat(frame(encoder, "a\n")).isEqualTo("a\n||");
        assertThat(frame(encoder("€", EmbeddedDelimiter.PASS), "ä€")).isEqualTo("ä€");
    }

    @Test
    void theDelimiterIsWrittenInTheCharset() throws Exception {
        FrameEncoder latin1 = Framing.DELIMITED.encoder(
                Feed.builder(ISO_8859_1, 10).delimiter("\u00A7").build());
        assertThat(latin1.encode("ä")).isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 0xE4, (byte) 0xA7}));
        assertThat(latin1.encode(new byte[] {1})).isEqualTo(ByteBuffer.wrap(new byte[] {1, (byte) 0xA7}));
    }

    @Test
    void aBodyIsMeasuredWithoutItsDelimiter() {
        for (String body : new String[] {"1234567890", "1234567890||"}) {
            assertThatCode(() -> frame(encoder, body)).doesNotThrowAnyException();
        }
        for (String body : new String[] {"1234567890x", "1234567890x||"}) {
            FrameTooLongException refusal =
                    catchThrowableOfType(FrameTooLongException.class, () -> encoder.encode(body));
            assertThat(refusal.lengthSoFar()).isEqualTo(11);
            assertThat(refusal.head()).asString(UTF_8).isEqualTo("1234567890x");
            assertThatThrownBy(() -> encoder.encode(body.getBytes(UTF_8))).isInstanceOf(FrameTooLongException.class);
        }
    }

    @Test
    void aBodyThatHoldsTheDelimiterIsRefusedWhereThatIsWanted() throws Exception {
        FrameEncoder strict = encoder("||", EmbeddedDelimiter.FAIL);
        assertThat(frame(strict, "ab||")).isEqualTo("ab||");
        assertThat(frame(strict, "a|b")).isEqualTo("a|b||");
        assertThat(frame(strict, "")).isEqualTo("||");
        assertEmbedded(strict, "äb||c", 3);
        assertEmbedded(strict, "a||||", 1);
        assertEmbedded(strict, "||a||", 0);
    }

    @Test
    void aBodyWhoseEndMakesADelimiterWithTheOneAfterItIsRefusedToo() {
        assertEmbedded(encoder("||", EmbeddedDelimiter.FAIL), "ab|", 2);
        assertEmbedded(encoder("aba", EmbeddedDelimiter.FAIL), "xab", 1);
    }

    @Test
    void aLineThatHoldsALineEndIsRefusedWhereThatIsWanted() throws Exception {
        FrameEncoder strict = Framing.LINES.encoder(
                Feed.builder(10).embeddedDelimiter(EmbeddedDelimiter.FAIL).build());
        assertThat(frame(strict, "ab")).isEqualTo("ab\n");
        assertThat(frame(strict, "ab\n")).isEqualTo("ab\n");
        assertThat(frame(strict, "a\rb\r\n")).isEqualTo("a\rb\r\n");
        assertEmbedded(strict, "ls\nrm", 2);
        assertEmbedded(strict, "ls\n\n", 2);
        assertEmbedded(strict, "\r\nx", 1);
    }

    @Test
    void theRefusalTellsTargetAndIndexAndWhy() {
        EmbeddedDelimiterException refusal = catchThrowableOfType(
                EmbeddedDelimiterException.class,
                () -> encoder("||", EmbeddedDelimiter.FAIL).encode("a||b"));
        assertThat(refusal)
                .hasMessageContainingAll(
                        Feed.SOURCE, "delimiter before its end", "at byte 1", "embeddedDelimiter=FAIL");
        assertThat(refusal.source()).isEqualTo(Feed.SOURCE);
    }

    @Test
    void whatCannotBeEncodedIsRefused() {
        assertThatThrownBy(() -> encoder.encode("a\uD83D")).isInstanceOf(UnencodableTextException.class);
    }

    private static void assertEmbedded(FrameEncoder encoder, String body, int index) {
        EmbeddedDelimiterException ofText =
                catchThrowableOfType(EmbeddedDelimiterException.class, () -> encoder.encode(body));
        EmbeddedDelimiterException ofBytes =
                catchThrowableOfType(EmbeddedDelimiterException.class, () -> encoder.encode(body.getBytes(UTF_8)));
        assertThat(ofText.index()).isEqualTo(index);
        assertThat(ofBytes.index()).isEqualTo(index);
    }

    private static FrameEncoder encoder(String delimiter, EmbeddedDelimiter embeddedDelimiter) {
        return Framing.DELIMITED.encoder(Feed.builder(10)
                .delimiter(delimiter)
                .embeddedDelimiter(embeddedDelimiter)
                .build());
    }

    /** The frame, which is the same for both kinds of body. */
    private static String frame(FrameEncoder encoder, String body) throws Exception {
        ByteBuffer ofText = encoder.encode(body);
        ByteBuffer ofBytes = encoder.encode(body.getBytes(UTF_8));
        assertThat(ofText.position()).isZero();
        assertThat(ofText).isEqualTo(ofBytes);
        return UTF_8.decode(ofText).toString();
    }
}
