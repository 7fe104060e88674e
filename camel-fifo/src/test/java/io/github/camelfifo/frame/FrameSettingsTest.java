package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameSettings.MAX_FRAME_LENGTH + 1})
    void aLimitOutOfRangeIsRefusedWithItsNameAndValue(int maxFrameLength) {
        assertThatThrownBy(() -> new FrameSettings(UTF_8, maxFrameLength, 1, "/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("maxFrameLength=" + maxFrameLength, "from 1 to 2147483631");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aChunkSizeBelowOneIsRefusedWithItsNameAndValue(int chunkSize) {
        assertThatThrownBy(() -> new FrameSettings(UTF_8, 1, chunkSize, "/x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("chunkSize=" + chunkSize, "1 byte or more");
    }

    @Test
    void charsetAndSourceMustBeThere() {
        assertThatThrownBy(() -> new FrameSettings(null, 1, 1, "/x")).hasMessage("charset");
        assertThatThrownBy(() -> new FrameSettings(UTF_8, 1, 1, null)).hasMessage("source");
    }

    @Test
    void chunksGoWithEveryCharset() {
        assertThatCode(() -> Framing.CHUNKS.check(new FrameSettings(UTF_16, 1, 1, "/x")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFrameHasABody() {
        assertThatThrownBy(() -> new Frame(null, false)).hasMessage("body");
    }
}
