package io.github.camelfifo.internal.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** The elements of a list, each a frame; small ones share a piece of whole frames. {@link BodyEncoder} makes it. */
final class ElementSource extends BodySource {

    /** Makes a frame of an element. */
    interface Encoder {
        ByteBuffer encode(Object element) throws IOException;
    }

    private final Iterator<?> elements;
    private final Encoder encoder;
    private final int pieceLength;
    private final LongConsumer written;
    /** The frame that did not fit into the last piece; null for none. */
    private ByteBuffer next;
    /** How many frames the last piece has; they are written when the next piece is asked for. */
    private int inPiece;

    /** {@code pieceLength} is the most bytes of a piece of more than one frame; {@code written} counts whole frames. */
    ElementSource(String path, Iterator<?> elements, Encoder encoder, int pieceLength, LongConsumer written) {
        super(path, elements);
        this.elements = elements;
        this.encoder = encoder;
        this.pieceLength = pieceLength;
        this.written = written;
    }

    @Override
    public ByteBuffer next() throws IOException {
        written.accept(inPiece);
        inPiece = 0;
        ByteBuffer first = takeNext();
        inPiece = first == null ? 0 : 1;
        ByteBuffer second = first == null || first.remaining() >= pieceLength ? null : takeNext();
        if (second == null) {
            return first;
        }
        ByteBuffer piece = ByteBuffer.allocate(pieceLength).put(first);
        while (second != null && second.remaining() <= piece.remaining()) {
            piece.put(second);
            inPiece++;
            second = takeNext();
        }
        next = second;
        return piece.flip();
    }

    @Override
    public boolean isWholeFrames() {
        return true;
    }

    private ByteBuffer takeNext() throws IOException {
        ByteBuffer taken = next;
        next = null;
        if (taken == null && elements.hasNext()) {
            taken = encoder.encode(elements.next());
        }
        return taken;
    }
}
