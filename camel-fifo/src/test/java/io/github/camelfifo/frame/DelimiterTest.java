package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelimiterTest {

    @Test
    void escapesStandForCharactersAndTheRestForItself() {
        assertThat(Delimiter.parse("||")).isEqualTo("||");
        assertThat(Delimiter.parse("\\r\\n")).isEqualTo("\r\n");
        assertThat(Delimiter.parse("\\t\\0\\\\")).isEqualTo("\t\0\\");
        assertThat(Delimiter.parse("\\x1E")).isEqualTo("\u001E");
        assertThat(Delimiter.parse("a\\x1fb\\xFFc")).isEqualTo("a\u001Fb\u00FFc");
        assertThat(Delimiter.parse("\\xe9x")).isEqualTo("éx");
        assertThat(Delimiter.parse("\\\\n")).isEqualTo("\\n");
        assertThat(Delimiter.parse("€\uD83D\uDE00")).isEqualTo("€\uD83D\uDE00");
        assertThat(Delimiter.parse("\n")).isEqualTo("\n");
        assertThat(Delimiter.parse("x")).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", "a\\", "\\q", "\\N", "\\x", "\\x1", "\\xg0", "\\x 1", "\\x+1", "\\u0041", "\\1"})
    void anythingElseIsRefusedWithOptionValueAndWhatIsAccepted(String option) {
        assertThatThrownBy(() -> Delimiter.parse(option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "delimiter=" + option, "one or more characters", "\\n \\r \\t \\0 \\\\", "\\xHH");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "\\r\\n", "\\0\\t", "\\\\", "\\x1E", "\\x7F\\x85", "||", "é€"})
    void aDelimiterIsShownAsItIsWritten(String option) {
        assertThat(Delimiter.format(Delimiter.parse(option))).isEqualTo(option);
    }
}
