package io.github.camelfifo.internal.producer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** The elements of a list, each a frame; small ones share a piece of whole frames. {@link BodyEncoder} makes it. */
final class ElementSource extends BodySource {

    /** Makes a frame of an element. */
    interface Encoder {
        ByteBuffer encode(Object element) throws IOException;
    }

    private final Iterator<?> elements;
    private final Encoder encoder;
    private final int pieceLength;
    /** The frame that did not fit into the last piece; null for none. */
    private ByteBuffer next;

    /** {@code pieceLength} is the most bytes of a piece of more than one frame. */
    ElementSource(Iterator<?> elements, Encoder encoder, int pieceLength) {
        super(elements);
        this.elements = elements;
        this.encoder = encoder;
        this.pieceLength = pieceLength;
    }

    @Override
    public ByteBuffer next() throws IOException {
        ByteBuffer first = takeNext();
        ByteBuffer second = first == null || first.remaining() >= pieceLength ? null : takeNext();
        if (second == null) {
            return first;
        }
        ByteBuffer piece = ByteBuffer.allocate(pieceLength).put(first);
        while (second != null && second.remaining() <= piece.remaining()) {
            piece.put(second);
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
