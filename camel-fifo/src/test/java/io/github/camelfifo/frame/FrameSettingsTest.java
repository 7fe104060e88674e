package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSettingsTest {

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 5, 8})
    void aLengthOfOtherThan1Or2Or4BytesIsRefused(int lengthFieldSize) {
        assertThatThrownBy(() -> settings().lengthFieldSize(lengthFieldSize).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("lengthFieldSize=" + lengthFieldSize, "1, 2 or 4 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameSettings.MAX_FRAME_LENGTH + 1})
    void aLimitOutOfRangeIsABug(int maxFrameLength) {
        assertThatThrownBy(() -> settings().maxFrameLength(maxFrameLength).build())
                .isInstanceOf(AssertionError.class)
                .hasMessage(String.valueOf(maxFrameLength));
    }

    @Test
    void otherValuesOutOfTheirRangeAreABug() {
        assertIsABug(settings().chunkSize(0));
        assertIsABug(settings().chunkSize(-1));
        assertIsABug(settings().frameLength(-1));
        assertIsABug(settings().delimiter(""));
    }

    @Test
    void whatIsNotGivenIsWhatTheOptionsDefaultTo() {
        FrameSettings settings = settings().build();
        assertThat(settings.charset()).isEqualTo(UTF_8);
        assertThat(settings.maxFrameLength()).isEqualTo(1_048_576);
        assertThat(settings.chunkSize()).isEqualTo(65_536);
        assertThat(settings.delimiter()).isEqualTo("\n");
        assertThat(settings.frameLength()).isZero();
        assertThat(settings.lengthFieldSize()).isEqualTo(4);
        assertThat(settings.skipEmptyFrames()).isFalse();
        assertThat(settings.oversizedFrame()).isEqualTo(OversizedFrame.FAIL);
        assertThat(settings.bodyType()).isEqualTo(BodyType.AUTO);
        assertThat(settings.embeddedDelimiter()).isEqualTo(EmbeddedDelimiter.PASS);
        assertThat(settings.sessionStore()).isNull();
    }

    @Test
    void valuesThatMustBeThereMustBeThere() {
        assertThatThrownBy(() -> FrameSettings.builder(null)).hasMessage("source");
        assertThatThrownBy(() -> settings().charset(null)).hasMessage("charset");
        assertThatThrownBy(() -> settings().delimiter(null)).hasMessage("delimiter");
        assertThatThrownBy(() -> settings().oversizedFrame(null)).hasMessage("oversizedFrame");
        assertThatThrownBy(() -> settings().bodyType(null)).hasMessage("bodyType");
        assertThatThrownBy(() -> settings().embeddedDelimiter(null)).hasMessage("embeddedDelimiter");
    }

    @Test
    void aStoreForSessionsChangesNothingElse() {
        Supplier<SessionStore> stores = () -> null;
        FrameSettings settings = settings()
                .charset(UTF_16)
                .maxFrameLength(2)
                .chunkSize(3)
                .delimiter(";")
                .frameLength(5)
                .lengthFieldSize(1)
                .skipEmptyFrames(true)
                .oversizedFrame(OversizedFrame.SPLIT)
                .bodyType(BodyType.BYTES)
                .embeddedDelimiter(EmbeddedDelimiter.FAIL)
                .build();
        FrameSettings stored = settings.withSessionStore(stores);
        assertThat(stored.sessionStore()).isSameAs(stores);
        assertThat(stored.withSessionStore(null)).isEqualTo(settings);
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED", "LENGTH_PREFIXED", "CHUNKS", "SESSION"})
    void framingsWithoutADelimiterGoWithEveryCharset(Framing framing) {
        FrameSettings settings = settings().charset(UTF_16).frameLength(1).build();
        assertThatCode(() -> framing.check(settings)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"FIXED", "LENGTH_PREFIXED", "CHUNKS", "SESSION"})
    void framingsWithoutADelimiterDoNotPromiseToKeepItOut(Framing framing) {
        FrameSettings settings = settings()
                .frameLength(1)
                .embeddedDelimiter(EmbeddedDelimiter.FAIL)
                .build();
        assertThatThrownBy(() -> framing.check(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("embeddedDelimiter=FAIL", "framing=" + framing, "LINES and DELIMITED");
    }

    @ParameterizedTest
    @EnumSource(names = {"STRING", "BYTES"})
    void aSessionHasNoOtherBody(BodyType bodyType) {
        FrameSettings settings = settings().bodyType(bodyType).build();
        assertThatThrownBy(() -> Framing.SESSION.check(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("bodyType=" + bodyType, "framing=SESSION", "AUTO");
        assertThatThrownBy(() -> Framing.SESSION.decoder(settings)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recordsNeedALengthThatTheLimitAllows() {
        assertThatThrownBy(() -> Framing.FIXED.check(settings().build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("frameLength is not given", "framing=FIXED", "1 to maxFrameLength=1048576");
        FrameSettings tooLong = settings().maxFrameLength(10).frameLength(11).build();
        assertThatThrownBy(() -> Framing.FIXED.encoder(tooLong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("frameLength=11", "maxFrameLength=10");
        FrameSettings longest = settings().maxFrameLength(10).frameLength(10).build();
        assertThatCode(() -> Framing.FIXED.check(longest)).doesNotThrowAnyException();
    }

    private static FrameSettings.Builder settings() {
        return FrameSettings.builder("/x");
    }

    private static void assertIsABug(FrameSettings.Builder settings) {
        assertThatThrownBy(settings::build).isInstanceOf(AssertionError.class);
    }
}
