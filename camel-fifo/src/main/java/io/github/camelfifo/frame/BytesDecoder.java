package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Makes bodies of unchanged bytes, for {@link AssemblingDecoder}. Keeps no state. */
final class BytesDecoder implements BodyDecoder {

    @Override
    public Object decode(ByteBuffer buffer, int index, int length) {
        byte[] body = new byte[length];
        buffer.get(index, body);
        return body;
    }

    @Override
    public Object decode(byte[] bytes, int length) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    @Override
    public Object decodeHead(byte[] bytes, int length) {
        return decode(bytes, length);
    }

    @Override
    public Object takePiece(UnfinishedFrame held, int length) {
        byte[] piece = Arrays.copyOf(held.bytes(), length);
        held.removeFirst(length);
        return piece;
    }

    @Override
    public Object takeLastPiece(UnfinishedFrame held) {
        int length = held.length();
        return decode(held.release(), length);
    }
}
