package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimiterCharsetTest {

    @ParameterizedTest
    @CsvSource({
        "UTF-8, ||", "UTF-8, \\r\\n", "UTF-8, €", "UTF-8, \\xFF", "US-ASCII, ;", "ISO-8859-1, \\xFF", "ISO-8859-15, €",
        "windows-1252, €", "KOI8-R, я", "Shift_JIS, \\n", "Shift_JIS, ;", "GBK, \\0", "Big5, ','", "EUC-JP, |",
        "GB18030, \\t", "ISO-2022-JP, \\n", "IBM037, ;", "IBM1047, \\n"
    })
    void delimitersThatCanOnlyBeThemselvesAreAccepted(String charset, String delimiter) {
        Charset in = Charset.forName(charset);
        String text = Delimiter.parse(delimiter);
        assertThat(DelimiterCharset.encode(text, in)).isEqualTo(text.getBytes(in));
    }

    @ParameterizedTest
    @CsvSource({
        "Shift_JIS, |",
        "Shift_JIS, \\\\",
        "GBK, |",
        "Big5, @",
        "GB18030, 0",
        "ISO-2022-JP, $",
        "EUC-JP, あ",
        "UTF-16, \\n",
        "UTF-16BE, \\n",
        "UTF-16LE, ||",
        "x-UTF-16LE-BOM, ;",
        "UTF-32, \\n",
        "UTF-32LE, ;"
    })
    void delimitersWhoseBytesMayBePartOfOthersAreRefused(String charset, String delimiter) {
        FrameSettings settings = Feed.builder(Charset.forName(charset), 100)
                .delimiter(Delimiter.parse(delimiter))
                .build();
        assertThatThrownBy(() -> Framing.DELIMITED.check(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("delimiter=" + delimiter, "charset=" + charset, "UTF-8", "ISO-8859-1");
        assertThatThrownBy(() -> Framing.DELIMITED.decoder(settings)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Framing.DELIMITED.encoder(settings)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"US-ASCII, ä", "ISO-8859-1, €", "UTF-8, \uD83D", "x-JISAutoDetect, ;"})
    void delimitersThatTheCharsetCannotWriteAreRefused(String charset, String delimiter) {
        assertThatThrownBy(() -> DelimiterCharset.encode(delimiter, Charset.forName(charset)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("delimiter=", "charset=" + charset);
    }

    @Test
    void whereADelimiterIsAcceptedNoOtherCharacterHoldsIt() {
        List<String> holders = new ArrayList<>();
        for (Charset charset : accepting("|")) {
            byte wanted = "|".getBytes(charset)[0];
            for (char c = 0; c < Character.MIN_SURROGATE; c++) {
                byte[] bytes = String.valueOf(c).getBytes(charset);
                boolean holds = ByteScan.indexOf(bytes, 0, bytes.length, wanted) >= 0;
                if (holds && c != '|' && new String(bytes, charset).equals(String.valueOf(c))) {
                    holders.add(String.format("%s: U+%04X", charset, (int) c));
                }
            }
        }
        assertThat(holders).isEmpty();
    }

    @Test
    void mostCharsetsTakeAControlCharacter() {
        assertThat(accepting("\u001E")).hasSizeGreaterThan(100);
    }

    private static List<Charset> accepting(String delimiter) {
        return Charset.availableCharsets().values().stream()
                .filter(charset -> isAccepted(delimiter, charset))
                .toList();
    }

    private static boolean isAccepted(String delimiter, Charset charset) {
        try {
            return DelimiterCharset.encode(delimiter, charset).length > 0;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
