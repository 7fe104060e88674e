package io.github.camelfifo.frame;

/** What becomes of a frame that is longer than {@code maxFrameLength}. */
public enum OversizedFrame {

    /** A {@link FrameTooLongException} once; the frame is skipped to its end. */
    FAIL {
        @Override
        FrameAssembly assembly(FrameSettings settings, BodyDecoder body, int endLength) {
            return new RefusingAssembly(settings, body, endLength);
        }
    },

    /** The frame's first {@code maxFrameLength} bytes, once its end has come, marked with its full length. */
    TRUNCATE {
        @Override
        FrameAssembly assembly(FrameSettings settings, BodyDecoder body, int endLength) {
            return new TruncatingAssembly(settings, body, endLength);
        }
    },

    /**
     * Pieces of {@code maxFrameLength} bytes as they come, each marked with its index, and the last one as the last.
     */
    SPLIT {
        @Override
        FrameAssembly assembly(FrameSettings settings, BodyDecoder body, int endLength) {
            return new SplittingAssembly(settings, body, endLength);
        }
    };

    /**
     * A new assembly under this policy.
     *
     * @param endLength the longest end of a frame, in bytes; 0 where frames do not end by a delimiter
     */
    abstract FrameAssembly assembly(FrameSettings settings, BodyDecoder body, int endLength);
}
