package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncoderTest {

    private static final char HALF_A_PAIR = '\uD83D';

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "with ? and ??",
                "???",
                "äöü?",
                "€",
                "\uD83D\uDE00",
                "?\uD83D\uDE00?",
                "\uFFFD",
                "a\0b"
            })
    void utf8TextIsEncodedAsItIs(String text) throws Exception {
        assertThat(encode(text, UTF_8)).isEqualTo(text.getBytes(UTF_8));
        assertThat(encode(text, UTF_16)).isEqualTo(text.getBytes(UTF_16));
    }

    @Test
    void halfASurrogatePairIsRefusedInUtf8WhereverItStands() {
        for (String text : new String[] {
            HALF_A_PAIR + "", "ab?" + HALF_A_PAIR, HALF_A_PAIR + "\uD83D\uDE00", "\uDE00x", "ä\uDE00" + HALF_A_PAIR
        }) {
            assertThatThrownBy(() -> encode(text, UTF_8)).isInstanceOf(UnencodableTextException.class);
        }
    }

    @Test
    void theRefusalTellsTargetCharsetCharacterAndIndex() {
        UnencodableTextException half =
                catchThrowableOfType(UnencodableTextException.class, () -> encode("a?" + HALF_A_PAIR + "b", UTF_8));
        assertThat(half)
                .isInstanceOf(CharacterCodingException.class)
                .hasMessageContainingAll(Feed.SOURCE, "UTF-8", "U+D83D", "index 2");
        assertThat(half.index()).isEqualTo(2);

        Charset latin1 = Charset.forName("ISO-8859-1");
        assertThatThrownBy(() -> encode("wide \uD83D\uDE00", latin1))
                .hasMessageContainingAll("ISO-8859-1", "U+1F600", "index 5");
    }

    @ParameterizedTest
    @MethodSource("allCharsets")
    void inEveryCharsetWhatItCannotWriteIsRefusedAndTheRestIsNot(Charset charset) {
        CharsetEncoder judge = charset.newEncoder();
        TextEncoder encoder = new TextEncoder(charset, Feed.SOURCE);
        List<String> wrong = new ArrayList<>();
        for (int c = 0; c <= Character.MAX_VALUE; c += c < 0x250 ? 1 : 97) {
            String text = "?" + (char) c;
            ByteBuffer expected = orNull(() -> judge.encode(CharBuffer.wrap(text)));
            ByteBuffer encoded = orNull(() -> encoder.encode(text));
            if (!Objects.equals(expected, encoded)) {
                wrong.add(String.format("U+%04X", c));
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aCharsetThatCanOnlyBeReadIsRefusedAtOnce() {
        FrameSettings settings = Feed.settings(Charset.forName("x-JISAutoDetect"), 100);
        assertThatThrownBy(() -> Framing.CHUNKS.encoder(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("charset=x-JISAutoDetect", "not written", "UTF-8");
    }

    static Iterable<Charset> allCharsets() {
        return Charset.availableCharsets().values().stream()
                .filter(Charset::canEncode)
                .toList();
    }

    private interface Encoding {
        ByteBuffer encode() throws CharacterCodingException;
    }

    private static ByteBuffer orNull(Encoding encoding) {
        try {
            return encoding.encode();
        } catch (CharacterCodingException refused) {
            return null;
        }
    }

    private static byte[] encode(String text, Charset charset) throws UnencodableTextException {
        ByteBuffer buffer = new TextEncoder(charset, Feed.SOURCE).encode(text);
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(0, bytes);
        return bytes;
    }
}
