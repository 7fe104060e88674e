package io.github.camelfifo.internal.producer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A stream in pieces as they come, of any length and speed. {@link BodyEncoder} makes it. */
final class StreamSource extends BodySource {

    private static final int PIECE_LENGTH = 65_536;

    private final InputStream stream;
    private final byte[] piece = new byte[PIECE_LENGTH];

    StreamSource(String path, InputStream stream) {
        super(path, stream);
        this.stream = stream;
    }

    @Override
    public ByteBuffer next() throws IOException {
        int count = stream.read(piece);
        while (count == 0) {
            count = stream.read(piece);
        }
        return count < 0 ? null : ByteBuffer.wrap(piece, 0, count);
    }
}
