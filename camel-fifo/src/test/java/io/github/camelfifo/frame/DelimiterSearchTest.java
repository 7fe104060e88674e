package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DelimiterSearchTest {

    @ParameterizedTest
    @CsvSource({
        "aab, aaab, 4",
        "aab, aab, 3",
        "abab, abaabab, 7",
        "aaa, aabaaa, 6",
        "a, bba, 3",
        "abc, ababab, -1",
        "ab, '', -1",
        "abcabd, abcabcabd, 9",
        "||, |x||, 4",
        "aabaaab, aabaabaaab, 10"
    })
    void delimitersThatRepeatThemselvesAreFoundWhereTheyFirstEnd(String delimiter, String text, int after) {
        DelimiterSearch search = new DelimiterSearch(delimiter.getBytes(US_ASCII));
        ByteBuffer input = ByteBuffer.wrap(text.getBytes(US_ASCII));
        assertThat(search.indexAfter(input, 0, input.limit())).isEqualTo(after);
    }

    @Test
    void whatMayBeTheBeginningOfADelimiterIsToldAndGoneOnWith() {
        DelimiterSearch search = new DelimiterSearch("aab".getBytes(US_ASCII));
        assertThat(search.indexAfter(ByteBuffer.wrap("xaaa".getBytes(US_ASCII)), 0, 4))
                .isEqualTo(-1);
        assertThat(search.matched()).isEqualTo(2);
        assertThat(search.indexAfter(ByteBuffer.wrap("bc".getBytes(US_ASCII)), 0, 2))
                .isEqualTo(1);
        assertThat(search.matched()).isZero();
    }

    @Property(tries = 5000)
    void delimitersAreFoundAsByANaiveSearchHoweverTheBytesComeInPieces(
            @ForAll("delimiters") String delimiter,
            @ForAll("texts") String text,
            @ForAll @IntRange(min = 1, max = 20) int pieceLength,
            @ForAll BufferKind kind) {
        List<Integer> naive = new ArrayList<>();
        for (int at = text.indexOf(delimiter); at >= 0; at = text.indexOf(delimiter, at + delimiter.length())) {
            naive.add(at + delimiter.length());
        }

        DelimiterSearch search = new DelimiterSearch(delimiter.getBytes(US_ASCII));
        List<Integer> found = new ArrayList<>();
        for (int from = 0; from < text.length(); from += pieceLength) {
            String piece = text.substring(from, Math.min(text.length(), from + pieceLength));
            ByteBuffer input = kind.of(piece.getBytes(US_ASCII));
            int start = input.position();
            for (int after = start; after >= 0; ) {
                after = search.indexAfter(input, after, input.limit());
                if (after >= 0) {
                    found.add(from + after - start);
                }
            }
            String soFar = text.substring(found.isEmpty() ? 0 : found.get(found.size() - 1), from + piece.length());
            assertThat(search.matched()).isEqualTo(longestBeginningAtTheEnd(delimiter, soFar));
        }

        assertThat(found).isEqualTo(naive);
    }

    private static int longestBeginningAtTheEnd(String delimiter, String text) {
        int length = delimiter.length() - 1;
        while (!text.endsWith(delimiter.substring(0, length))) {
            length--;
        }
        return length;
    }

    @Provide
    Arbitrary<String> delimiters() {
        return Arbitraries.strings().withChars('a', 'b').ofMinLength(1).ofMaxLength(7);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars('a', 'b').ofMaxLength(80),
                Arbitraries.strings().withChars('a', 'b', 'c', 'd', 'e').ofMaxLength(80));
    }
}
