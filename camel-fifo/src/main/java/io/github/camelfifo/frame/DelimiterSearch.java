package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Finds a delimiter of any length in bytes that come piece by piece, for {@link DelimitedDecoder} and
 * {@link DelimitedEncoder}. Looks at each byte once, even if the delimiter repeats itself (Knuth, Morris, Pratt), and
 * at eight bytes at a time up to the next byte that can begin a delimiter. Confined to the decoder's owner.
 */
final class DelimiterSearch {

    private final byte[] delimiter;

    /**
     * For each number of matched bytes, the number to fall back to when the next byte does not match: so many of the
     * last matched bytes are also the delimiter's first.
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

    /** How many of the last bytes searched are a delimiter's first, so that it may go on. */
    int matched() {
        return matched;
    }

    /** Goes on as if so many of the last bytes searched had been a delimiter's first. */
    void resume(int alreadyMatched) {
        matched = alreadyMatched;
    }

    /**
     * Searches on in {@code [from, to)}.
     *
     * @return the index after the first delimiter, which may have begun in earlier bytes; or -1
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
