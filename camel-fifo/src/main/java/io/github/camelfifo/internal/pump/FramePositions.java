package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;

/**
 * Where frames lie in a pipe that is only looked at, and that keeps each frame until it is done. {@link FrameStream} asks it.
 * Of a pipe whose bytes are taken when they are read, {@link #NONE} says nothing.
 */
class FramePositions {

    /** Before every position. */
    static final long NOT_IN_THE_PIPE = -1;

    static final FramePositions NONE = new FramePositions() {
        @Override
        void search(long end) {
            // no position matters
        }

        @Override
        void found(Frame frame) {
            // no position matters
        }
    };

    /** Whether the last frame was a piece, and more pieces of the same frame will follow. */
    private boolean splitting;
    /** Where that frame begins. */
    private long splitStart = NOT_IN_THE_PIPE;
    /** Where the last search for a frame began. */
    private long searchStart = NOT_IN_THE_PIPE;

    /** The search for the next frame begins; everything before {@code end} is done once the last frame is. */
    void search(long end) {
        searchStart = end;
        if (!splitting) {
            splitStart = end;
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
     * Where the frame in work begins. A split frame stays one frame, so that nobody ever reads it from its middle on.
     *
     * @param undecoded where the bytes begin that are in no frame yet
     */
    long frameStart(long undecoded) {
        return splitting ? splitStart : undecoded;
    }

    /** The pipe is left: everything that is kept lies before the first byte of the next intake. */
    void leaveThePipe() {
        searchStart = NOT_IN_THE_PIPE;
        splitStart = NOT_IN_THE_PIPE;
    }
}
