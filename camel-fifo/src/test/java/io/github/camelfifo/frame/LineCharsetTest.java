package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineCharsetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-8",
                "US-ASCII",
                "ISO-8859-1",
                "ISO-8859-15",
                "windows-1250",
                "windows-1252",
                "KOI8-R",
                "Shift_JIS",
                "EUC-JP",
                "ISO-2022-JP",
                "GBK",
                "GB18030",
                "Big5",
                "x-JISAutoDetect"
            })
    void charsetsWhoseLineFeedIsOneByteAreAccepted(String name) {
        assertThat(Repertoire.goesWithLines(Charset.forName(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UTF-16",
                "UTF-16BE",
                "UTF-16LE",
                "x-UTF-16LE-BOM",
                "UTF-32",
                "UTF-32BE",
                "UTF-32LE",
                "IBM037",
                "IBM500",
                "IBM1047",
                "IBM01140"
            })
    void charsetsWithOtherLineFeedsAreRefusedByNameWhereverTheyAreUsed(String name) {
        FrameSettings settings = Feed.settings(Charset.forName(name), 100);
        assertThatThrownBy(() -> Framing.LINES.check(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("charset=" + name)
                .hasMessageContaining("framing=LINES")
                .hasMessageContaining("UTF-8")
                .hasMessageContaining("framing=CHUNKS takes any charset");
        assertThatThrownBy(() -> Framing.LINES.decoder(settings)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Framing.LINES.encoder(settings)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inNoAcceptedCharsetIsALineFeedPartOfAnotherCharacter() {
        assertThat(Repertoire.allForLines()).hasSizeGreaterThan(50).allSatisfy(charset -> {
            CharsetEncoder encoder = charset.newEncoder();
            for (char c = 0; c < Character.MIN_SURROGATE; c++) {
                if (c != '\n' && encoder.canEncode(c)) {
                    byte[] bytes = String.valueOf(c).getBytes(charset);
                    assertThat(ByteScan.indexOf(bytes, 0, bytes.length, LineCharset.LINE_FEED))
                            .as("%s, U+%04X", charset, (int) c)
                            .isEqualTo(-1);
                }
            }
        });
    }
}
