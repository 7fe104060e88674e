package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * {@link OversizedFrame#SPLIT}. Delivers a piece as soon as it is full and a byte of the same frame follows: before
 * that, it may be the last piece. A character that is longer than {@code maxFrameLength} is its own piece. Made by
 * {@link AssemblingDecoder}.
 */
final class SplittingAssembly extends FrameAssembly {

    /** The index of the next piece; 0 while the frame may still need no splitting. */
    private long fragment;

    /** How many bytes of the frame in work its pieces had. */
    private long delivered;

    /** The most bytes of the piece in work: {@code maxFrameLength}, or more for a single long character. */
    private int pieceLength;

    SplittingAssembly(FrameSettings settings, BodyDecoder body, int endLength) {
        super(settings, body, endLength);
        pieceLength = maxFrameLength;
    }

    @Override
    long gone() {
        return delivered;
    }

    @Override
    boolean isBegun() {
        return fragment > 0 || super.isBegun();
    }

    /** Without an end up to here, the piece is full. The next piece would look at bytes beyond this again. */
    @Override
    int horizon(ByteBuffer input, int endLength) {
        long missing = Math.max(1, (long) pieceLength - held.length() + endLength);
        return (int) Math.min(input.limit(), input.position() + missing);
    }

    @Override
    Frame goOn(ByteBuffer input, int count, long sureLength) {
        long content = Math.min(sureLength, taken() + count);
        if (content > pieceLength) {
            return piece(input, content);
        }
        held.append(input, count);
        return null;
    }

    @Override
    Frame end(ByteBuffer input, long length, int next) {
        Frame piece = piece(input, length);
        if (piece != null) {
            return piece;
        }
        if (fragment == 0) {
            startAfresh();
            return whole(input, (int) length, next);
        }
        held.appendUpTo((int) length, input);
        input.position(next);
        return lastPiece(false);
    }

    @Override
    Frame finish(boolean incomplete) {
        if (fragment > 0) {
            return lastPiece(incomplete);
        }
        startAfresh();
        return rest(incomplete);
    }

    @Override
    void discard() {
        startAfresh();
        super.discard();
    }

    /** The next piece of a frame with {@code content} bytes so far; null if they fit into one piece. */
    private Frame piece(ByteBuffer input, long content) {
        for (; content > pieceLength; pieceLength++) {
            if (held.length() < pieceLength) {
                held.appendUpTo(pieceLength, input);
            }
            int before = held.length();
            Object piece = body.takePiece(held, pieceLength);
            if (piece != null) {
                delivered += before - held.length();
                pieceLength = maxFrameLength;
                return new Frame(piece, FrameMark.fragment(fragment++));
            }
        }
        return null;
    }

    private Frame lastPiece(boolean incomplete) {
        FrameMark mark = FrameMark.lastFragment(fragment, incomplete);
        startAfresh();
        return new Frame(body.takeLastPiece(held), mark);
    }

    private void startAfresh() {
        fragment = 0;
        delivered = 0;
        pieceLength = maxFrameLength;
    }
}
