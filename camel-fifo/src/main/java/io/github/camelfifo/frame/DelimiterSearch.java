package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Finds a delimiter of any length in bytes that come piece by piece, for {@link DelimitedDecoder} and
 * {@link DelimitedEncoder}. Looks at each byte once, even if the delimiter repeats itself (Knuth, Morris, Pratt), and
 * skips to the next possible beginning of a delimiter by eight bytes at a time. Confined to the decoder's owner.
 */
final class DelimiterSearch {

    private final byte[] delimiter;

    /**
     * For each number of matched bytes, the number to fall back to when the next byte does not match: that many of the
     * last matched bytes are also the first bytes of the delimiter.
     */
    private final int[] shorter;

    private int matched;

    DelimiterSearch(byte[] delimiter) {
        this.delimiter = delimiter;
        this.shorter = new int[delimiter.length + 1];
        for (int length = 1; length < delimiter.length; length++) {
            step(delimiter[length]);
            shorter[length + 1] = matched;
        }
        matched = 0;
    }

    /** How many of the last bytes searched are the first bytes of a delimiter. */
    int matched() {
        return matched;
    }

    /** Goes on as if the last {@code alreadyMatched} bytes searched were the first bytes of a delimiter. */
    void resume(int alreadyMatched) {
        matched = alreadyMatched;
    }

    /**
     * Continues the search in {@code [from, to)}.
     *
     * @return the index after the first delimiter, which may begin in earlier bytes; or -1
     */
    int indexAfter(ByteBuffer input, int from, int to) {
        int index = from;
        while (index < to) {
            if (matched == 0) {
                index = ByteScan.indexOf(input, index, to, delimiter[0]);
                if (index < 0) {
                    return -1;
                }
            }
            step(input.get(index++));
            if (matched == delimiter.length) {
                matched = 0;
                return index;
            }
        }
        return -1;
    }

    private void step(byte next) {
        while (matched > 0 && delimiter[matched] != next) {
            matched = shorter[matched];
        }
        if (delimiter[matched] == next) {
            matched++;
        }
    }
}
