package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Arrays;

/**
 * Text to bytes, refusing what the charset has no bytes for.
 *
 * <p>{@link String#getBytes(Charset)} is by far the fastest, but replaces silently, mostly by a question mark. Where
 * that is so, counting question marks on both sides shows whether it may have replaced anything, and only then the text
 * is encoded again by the strict and slower way, which has the last word. Keeps no state.
 */
final class TextEncoder {

    private static final char QUESTION_MARK = '?';

    private final Charset charset;
    private final String source;

    /** Whether a replaced character becomes one question mark of one byte; if not, only the strict way is taken. */
    private final boolean replacedByQuestionMark;

    /** That byte. */
    private final byte questionMark;

    /**
     * Encodes in {@code charset} for {@code source}, a name for messages.
     *
     * @throws IllegalArgumentException if the charset can only decode
     */
    TextEncoder(Charset charset, String source) {
        if (!charset.canEncode()) {
            throw new IllegalArgumentException("charset=" + charset
                    + " can be read but not written; a producer takes any charset that Java can encode, such as UTF-8");
        }
        this.charset = charset;
        this.source = source;
        CharsetEncoder encoder = charset.newEncoder();
        byte[] replacement = encoder.replacement();
        this.questionMark = replacement[0];
        // x-MacDingbat replaces by a byte that is '?' elsewhere, and has no '?'.
        this.replacedByQuestionMark = replacement.length == 1
                && encoder.canEncode(QUESTION_MARK)
                && Arrays.equals(replacement, String.valueOf(QUESTION_MARK).getBytes(charset));
    }

    /** The text's bytes: position 0 to limit of a heap buffer. */
    ByteBuffer encode(String text) throws UnencodableTextException {
        if (replacedByQuestionMark) {
            byte[] bytes = text.getBytes(charset);
            if (sameCount(text, bytes)) {
                return ByteBuffer.wrap(bytes);
            }
        }
        return encodeStrictly(text);
    }

    private ByteBuffer encodeStrictly(String text) throws UnencodableTextException {
        CharBuffer chars = CharBuffer.wrap(text);
        try {
            return charset.newEncoder().encode(chars);
        } catch (CharacterCodingException e) {
            UnencodableTextException refusal = new UnencodableTextException(source, charset, text, chars.position());
            refusal.initCause(e);
            throw refusal;
        }
    }

    /**
     * Every question mark gives its byte and so does everything replaced: with as many of these bytes as question
     * marks, nothing was replaced. With more, something may have been, for the byte can also be part of another
     * character.
     */
    private boolean sameCount(String text, byte[] bytes) {
        int inText = -1;
        int inBytes = -1;
        do {
            inText = text.indexOf(QUESTION_MARK, inText + 1);
            inBytes = ByteScan.indexOf(bytes, inBytes + 1, bytes.length, questionMark);
        } while (inText >= 0 && inBytes >= 0);
        return inText == inBytes;
    }
}
