package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;

/**
 * Knows where frames lie in a pipe that keeps each frame until it is done; {@link FrameStream} asks. No frame lies in a
 * pipe whose bytes are taken when they are read.
 */
final class FramePositions {

    /** Before every position. */
    static final long NOT_IN_THE_PIPE = -1;

    private boolean inPipe;
    /** Whether the last frame was a piece, and more pieces of the same frame will follow. */
    private boolean splitting;
    /** Where that frame begins. */
    private long splitStart = NOT_IN_THE_PIPE;
    /** Where the last search for a frame began. */
    private long searchStart = NOT_IN_THE_PIPE;

    /** Another pipe is read from now on: everything that is kept lies before its first byte. */
    void enter(boolean keepsInPipe) {
        inPipe = keepsInPipe;
        searchStart = NOT_IN_THE_PIPE;
        splitStart = NOT_IN_THE_PIPE;
    }

    /** Whether frames stay in the pipe until they are done. */
    boolean areInPipe() {
        return inPipe;
    }

    /** The search for the next frame begins; everything before {@code end} is done once the last frame is. */
    void search(long end) {
        searchStart = inPipe ? end : NOT_IN_THE_PIPE;
        if (!splitting) {
            splitStart = searchStart;
        }
    }

    void found(Frame frame) {
        splitting = frame.isFragment() && !frame.mark().lastFragment();
    }

    /** No further piece of a frame will follow. */
    void endOfFrame() {
        splitting = false;
    }

    /** Where the last search for a frame began. */
    long searchStart() {
        return searchStart;
    }

    boolean isSplitting() {
        return splitting;
    }

    /**
     * Where the frame in work begins. A split frame stays one frame, so that nobody ever reads it from the middle.
     *
     * @param undecoded the position of the first byte that belongs to no frame yet
     */
    long frameStart(long undecoded) {
        return splitting ? splitStart : undecoded;
    }
}
