package io.github.camelfifo.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenBytesTest {

    private final SeenBytes seen = new SeenBytes();

    @ParameterizedTest
    @CsvSource({
        "abcdef, abc, 0",
        "abcdef, abcdefgh, 0",
        "abcdef, cde, 2",
        "abcdef, efXY, 4",
        "abcdef, XYZ, 6",
        "abcabc, abc, 0",
        "aXaYaZ, aYa, 2",
        "abcdef, '', 0"
    })
    void asFewAreMissingAsExplainWhatWasFound(String given, String found, int missing) {
        borrow(given);

        assertThat(seen.missingBefore(bytes(found), given.length(), 0)).isEqualTo(missing);
    }

    /** An empty pipe: all that is not found is missing. */
    @ParameterizedTest
    @CsvSource({"aaaaaa, aa, 4", "abcdef, ef, 4", "abcdef, '', 6", "abcdef, XY, 6"})
    void atLeastSoManyAreMissing(String given, String found, int missing) {
        borrow(given);

        assertThat(seen.missingBefore(bytes(found), given.length(), given.length() - found.length()))
                .isEqualTo(missing);
    }

    @Test
    void onlyTheLastOnesCount() {
        borrow("abcdef");

        assertThat(seen.missingBefore(bytes("cd"), 4, 0)).isZero();
        assertThat(seen.missingBefore(bytes("ef"), 4, 0)).isEqualTo(2);
    }

    @Test
    void whatIsKeptDoesNotChangeWithTheMemory() {
        byte[] memory = "abcdef".getBytes(StandardCharsets.ISO_8859_1);
        seen.borrow(memory, 6);

        seen.keep(3);
        memory[4] = '!';

        assertThat(seen.missingBefore(bytes("def"), 3, 0)).isZero();
        seen.keep(2);
        assertThat(seen.missingBefore(bytes("ef"), 2, 0)).isZero();
    }

    private void borrow(String text) {
        seen.borrow(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
