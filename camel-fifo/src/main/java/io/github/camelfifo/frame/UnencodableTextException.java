package io.github.camelfifo.frame;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/**
 * A text cannot be written in the charset without changing it. Encoders throw it before a byte is written. What to do:
 * choose a {@code charset} that has the character (UTF-8 has all), or send bytes.
 */
public class UnencodableTextException extends CharacterCodingException {

    private static final long serialVersionUID = 1L;

    /** Where, in what charset, and at which character. */
    private final String message;

    /** In {@code char}s. */
    private final int index;

    /**
     * For the character at {@code index}.
     *
     * @param source the path of the FIFO that the text was for
     * @param charset the charset that has no bytes for it
     * @param text the text; only the one character goes into the message
     * @param index where the character starts, in {@code char}s from 0
     */
    public UnencodableTextException(String source, Charset charset, String text, int index) {
        this.index = index;
        this.message = String.format(
                "Text for %s cannot be written in charset %s: U+%04X at index %d has no bytes there",
                source, charset, text.codePointAt(index), index);
    }

    /** {@return where the first character without bytes starts, in {@code char}s from 0} */
    public int index() {
        return index;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
