package io.github.camelfifo.frame;

import java.nio.charset.Charset;
import java.util.Arrays;

/** Checks for {@link Framing} that a charset goes with lines: line ends must be found without decoding the bytes. */
final class LineCharset {

    /** The byte for {@code \n} in every accepted charset. */
    static final byte LINE_FEED = '\n';

    /** The byte for {@code \r} in every accepted charset. */
    static final byte CARRIAGE_RETURN = '\r';

    private LineCharset() {}

    /**
     * Refuses charsets that write a line end in other bytes: UTF-16, UTF-32, EBCDIC.
     *
     * @throws IllegalArgumentException names the charset and what is accepted
     */
    static void require(Charset charset) {
        if (!isItself(LINE_FEED, charset) || !isItself(CARRIAGE_RETURN, charset)) {
            throw new IllegalArgumentException("charset=" + charset
                    + " does not go with framing=LINES, which takes charsets that write a line feed as the single byte"
                    + " 0x0A, such as UTF-8, US-ASCII, ISO-8859-1, windows-1252, Shift_JIS or GBK;"
                    + " framing=CHUNKS takes any charset");
        }
    }

    private static boolean isItself(byte control, Charset charset) {
        byte[] bytes = {control};
        String text = String.valueOf((char) control);
        return new String(bytes, charset).equals(text)
                && (!charset.canEncode() || Arrays.equals(text.getBytes(charset), bytes));
    }
}
