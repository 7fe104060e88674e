package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.util.Arrays;

/**
 * Turns text into bytes and refuses characters that the charset lacks. All encoders call it.
 *
 * <p>{@link String#getBytes(Charset)} is by far the fastest way, but silently replaces such characters, in most
 * charsets by a question mark. If text and bytes have the same number of question marks, nothing was replaced. If not,
 * a strict encoder, which is slower, encodes the text again and decides. Keeps no state.
 */
final class TextEncoder {

    private static final char QUESTION_MARK = '?';

    private final Charset charset;
    private final String source;

    /** Whether a replaced character becomes a question mark of one byte; otherwise only the strict encoder is used. */
    private final boolean replacedByQuestionMark;

    /** The byte of a question mark. */
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
        // x-MacDingbat has no '?', but replaces by the byte that is '?' in other charsets.
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
     * Whether the bytes have as many question marks as the text. Each question mark gives this byte, and so does each
     * replaced character. If there are more such bytes, a character may have been replaced, or contain this byte.
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
