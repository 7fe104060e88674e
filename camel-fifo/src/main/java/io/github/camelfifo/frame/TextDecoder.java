package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Bytes to text, with U+FFFD for what is malformed, and a count of the texts in which that happened.
 *
 * <p>Decoding is left to {@link String}, whose paths are the fastest there are; it does not tell whether it replaced
 * anything, so the rare text with a U+FFFD in it is looked at once more. Confined to the decoder's owner.
 */
final class TextDecoder {

    private static final char REPLACEMENT = '\uFFFD';

    /** Size of the window, in chars, through which suspicious text is looked at once more. */
    private static final int WINDOW = 512;

    private final Charset charset;
    private long malformed;

    TextDecoder(Charset charset) {
        this.charset = charset;
    }

    /** Texts so far in which malformed input was replaced. */
    long malformed() {
        return malformed;
    }

    /** The text of {@code length} bytes of the array. */
    String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, charset);
        if (text.indexOf(REPLACEMENT) >= 0 && isMalformed(ByteBuffer.wrap(bytes, offset, length))) {
            malformed++;
        }
        return text;
    }

    /** The text of {@code length} bytes of the buffer from {@code index} on; its position plays no part. */
    String decode(ByteBuffer buffer, int index, int length) {
        if (buffer.hasArray()) {
            return decode(buffer.array(), buffer.arrayOffset() + index, length);
        }
        byte[] copy = new byte[length];
        buffer.get(index, copy);
        return decode(copy, 0, length);
    }

    private boolean isMalformed(ByteBuffer bytes) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer window = CharBuffer.allocate(WINDOW);
        CoderResult result;
        do {
            window.clear();
            result = decoder.decode(bytes, window, true);
        } while (result.isOverflow());
        return result.isError();
    }
}
