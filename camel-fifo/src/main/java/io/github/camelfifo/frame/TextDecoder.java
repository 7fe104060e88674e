package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Makes bodies of text, with U+FFFD for malformed input, and counts the texts with such input. Made by
 * {@link AssemblingDecoder}.
 *
 * <p>{@link String} decodes, because it is the fastest. It does not tell whether it replaced anything, so this decodes
 * the rare text with a U+FFFD once more to find out. Only texts that are cut need {@link TextPieces}, which is slower.
 * Confined to the decoder's owner.
 */
final class TextDecoder implements BodyDecoder {

    private static final char REPLACEMENT = '\uFFFD';

    /** In chars: the size of the buffer for decoding once more. */
    private static final int WINDOW = 512;

    private final Charset charset;

    /** Made when the first text is cut. */
    private TextPieces pieces;

    private long malformed;

    TextDecoder(Charset charset) {
        this.charset = charset;
    }

    @Override
    public long malformed() {
        return malformed;
    }

    @Override
    public Object decode(ByteBuffer buffer, int index, int length) {
        if (buffer.hasArray()) {
            return decode(buffer.array(), buffer.arrayOffset() + index, length);
        }
        byte[] copy = new byte[length];
        buffer.get(index, copy);
        return decode(copy, length);
    }

    @Override
    public Object decode(byte[] bytes, int length) {
        return decode(bytes, 0, length);
    }

    @Override
    public Object decodeHead(byte[] bytes, int length) {
        return counted(pieces().decodeHead(ByteBuffer.wrap(bytes, 0, length)));
    }

    @Override
    public Object takePiece(UnfinishedFrame held, int length) {
        ByteBuffer bytes = ByteBuffer.wrap(held.bytes(), 0, length);
        String piece = pieces().decode(bytes);
        if (bytes.position() == 0) {
            return null;
        }
        held.removeFirst(bytes.position());
        return counted(piece);
    }

    @Override
    public Object takeLastPiece(UnfinishedFrame held) {
        int length = held.length();
        return counted(pieces().decodeLast(ByteBuffer.wrap(held.release(), 0, length)));
    }

    @Override
    public void discardPieces() {
        if (pieces != null) {
            pieces.discard();
        }
    }

    private TextPieces pieces() {
        if (pieces == null) {
            pieces = new TextPieces(charset);
        }
        return pieces;
    }

    private String counted(String text) {
        if (pieces.isMalformed()) {
            malformed++;
        }
        return text;
    }

    private String decode(byte[] bytes, int offset, int length) {
        String text = new String(bytes, offset, length, charset);
        if (text.indexOf(REPLACEMENT) >= 0 && isMalformed(ByteBuffer.wrap(bytes, offset, length))) {
            malformed++;
        }
        return text;
    }

    private boolean isMalformed(ByteBuffer bytes) {
        CharsetDecoder decoder = TextPieces.strictDecoder(charset);
        CharBuffer window = CharBuffer.allocate(WINDOW);
        CoderResult result;
        do {
            window.clear();
            result = decoder.decode(bytes, window, true);
        } while (result.isOverflow());
        return result.isError();
    }
}
