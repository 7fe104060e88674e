package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Decodes a text that comes in pieces, cut anywhere, for {@link TextDecoder} and {@link TextChunkDecoder}. The text of
 * each piece ends with a whole character; together they are the whole text. Keeps the byte order and the shift state of
 * earlier pieces. Confined to the decoder's owner.
 */
final class TextPieces {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** In chars. */
    private static final int LARGEST_WINDOW = 8192;

    private final Charset charset;

    /** Of this text alone: some keep state over their {@link CharsetDecoder#reset}, such as that of x-ISCII91. */
    private CharsetDecoder decoder;

    private boolean malformed;

    TextPieces(Charset charset) {
        this.charset = charset;
        decoder = strictDecoder(charset);
    }

    /** One that reports malformed input. */
    static CharsetDecoder strictDecoder(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Whether malformed input was replaced in the last text. */
    boolean isMalformed() {
        return malformed;
    }

    /** The text of all whole characters. The position is then at the first byte of an incomplete character, if any. */
    String decode(ByteBuffer bytes) {
        StringBuilder text = begin(bytes);
        decode(bytes, false, text);
        return text.toString();
    }

    /** The last piece of the text; an incomplete character is malformed. The next piece begins another text. */
    String decodeLast(ByteBuffer bytes) {
        StringBuilder text = begin(bytes);
        end(bytes, text);
        return text.toString();
    }

    /** As {@link #decode}, but no piece follows: the text gets everything that the decoder still holds. */
    String decodeHead(ByteBuffer bytes) {
        StringBuilder text = begin(bytes);
        decode(bytes, false, text);
        end(NOTHING.duplicate(), text);
        return text.toString();
    }

    /** The next piece begins another text. */
    void discard() {
        decoder = strictDecoder(charset);
    }

    private StringBuilder begin(ByteBuffer bytes) {
        malformed = false;
        return new StringBuilder(bytes.remaining());
    }

    private void end(ByteBuffer bytes, StringBuilder text) {
        decode(bytes, true, text);
        CharBuffer window = CharBuffer.allocate(16);
        CoderResult result;
        do {
            result = decoder.flush(window);
            text.append(window.flip());
            window.clear();
        } while (result.isOverflow());
        discard();
    }

    private void decode(ByteBuffer bytes, boolean last, StringBuilder text) {
        CharBuffer window = CharBuffer.allocate(Math.min(bytes.remaining() + 16, LARGEST_WINDOW));
        CoderResult result;
        do {
            result = decoder.decode(bytes, window, last);
            text.append(window.flip());
            window.clear();
            if (result.isError()) {
                malformed = true;
                text.append(decoder.replacement());
                bytes.position(bytes.position() + result.length());
            }
        } while (!result.isUnderflow());
    }
}
