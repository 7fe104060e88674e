package io.github.camelfifo.internal.producer;

import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/** Text in pieces as it comes; encoding replaces no character. {@link BodyEncoder} makes it. */
final class ReaderSource extends BodySource {

    private static final int PIECE_LENGTH = 65_536;

    private final Reader reader;
    private final CharsetEncoder encoder;
    private final CharBuffer chars = CharBuffer.allocate(PIECE_LENGTH / 4).limit(0);
    private boolean ended;

    ReaderSource(String path, Reader reader, Charset charset) {
        super(path, reader);
        this.reader = reader;
        this.encoder = charset.newEncoder();
    }

    @Override
    public ByteBuffer next() throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_LENGTH);
        while (!ended && piece.position() == 0) {
            chars.compact();
            boolean last = reader.read(chars) < 0;
            chars.flip();
            check(encoder.encode(chars, piece, last));
            if (last) {
                check(encoder.flush(piece));
                ended = true;
            }
        }
        return piece.position() == 0 ? null : piece.flip();
    }

    private static void check(CoderResult result) throws IOException {
        if (result.isError()) {
            result.throwException();
        }
    }
}
