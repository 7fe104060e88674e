package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Finds a delimiter of any length in bytes that come piece by piece. Looks at each byte once, however the delimiter
 * repeats itself (Knuth, Morris, Pratt), and at most bytes eight at a time: those up to the next that the delimiter
 * begins with. Confined to the decoder's owner.
 */
final class DelimiterSearch {

    private final byte[] delimiter;

    /**
     * For each number of bytes that match, how many of the delimiter's first bytes the last of them match: with so many
     * it goes on when the next byte does not match.
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

    /** How many bytes at the end of what was searched are the delimiter's first, so that it may go on there. */
    int matched() {
        return matched;
    }

    /** As if so many bytes at the end of what was searched had been the delimiter's first. */
    void resume(int alreadyMatched) {
        matched = alreadyMatched;
    }

    /**
     * Searches on in {@code [from, to)}.
     *
     * @return the index after the first delimiter, which may have begun in what was searched before; or -1
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
