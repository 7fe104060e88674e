package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.line;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class TextDecoderTest {

    private static final byte[] MALFORMED = {'a', (byte) 0xC3, 'b', (byte) 0xFF, '\n'};

    @Test
    void malformedInputBecomesTheReplacementCharacterAndIsCountedOnceAFrame() {
        Feed feed = Feed.lines().bytes(MALFORMED).text("good\n").bytes(MALFORMED);
        assertThat(feed.events).containsExactly(line("a\uFFFDb\uFFFD"), line("good"), line("a\uFFFDb\uFFFD"));
        assertThat(feed.decoder.malformedFrames()).isEqualTo(2);
    }

    @Test
    void aGenuineReplacementCharacterIsNotCounted() {
        Feed feed = Feed.lines().text("a\uFFFDb\n", "\uFFFD", "\n");
        assertThat(feed.events).containsExactly(line("a\uFFFDb"), line("\uFFFD"));
        assertThat(feed.decoder.malformedFrames()).isZero();
    }

    @Test
    void malformedInputFarBehindAGenuineReplacementCharacterIsCounted() {
        byte[] text = ("\uFFFD" + "x".repeat(3000) + "!\n").getBytes(UTF_8);
        assertThat(Feed.lines(5000).bytes(text).decoder.malformedFrames()).isZero();
        text[text.length - 2] = (byte) 0xE2;
        assertThat(Feed.lines(5000).bytes(text).decoder.malformedFrames()).isEqualTo(1);
    }

    @Test
    void aCharacterCutByTheEndOfTheStreamIsCounted() {
        Feed feed =
                Feed.lines().bytes(new byte[] {'a', (byte) 0xE2, (byte) 0x82}).end();
        assertThat(feed.events).containsExactly(Feed.unended("a\uFFFD"));
        assertThat(feed.decoder.malformedFrames()).isEqualTo(1);
    }

    @Test
    void theCountGoesOnAfterTheEndOfASession() {
        Feed feed = Feed.lines().bytes(MALFORMED).end().bytes(MALFORMED);
        assertThat(feed.decoder.malformedFrames()).isEqualTo(2);
    }

    @Test
    void bytesThatTheCharsetHasNoCharacterForAreCounted() {
        assertThat(Feed.lines(US_ASCII, 100)
                        .bytes("ä\n".getBytes(ISO_8859_1))
                        .decoder
                        .malformedFrames())
                .isEqualTo(1);
        byte[] undefined = {(byte) 0x81, '\n'};
        assertThat(Feed.lines(Charset.forName("windows-1252"), 100)
                        .bytes(undefined)
                        .decoder
                        .malformedFrames())
                .isEqualTo(1);
        assertThat(Feed.lines(ISO_8859_1, 100).bytes(undefined).decoder.malformedFrames())
                .isZero();
    }
}
