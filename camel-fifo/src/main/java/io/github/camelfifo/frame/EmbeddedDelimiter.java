package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/** What becomes of a message to be written that holds the delimiter before its end. */
public enum EmbeddedDelimiter {

    /** It is written as it is; to the reader it is several frames. */
    PASS {
        @Override
        void check(ByteBuffer frame, byte[] delimiter, String source) {
            // Whatever it holds.
        }
    },

    /** It is refused by an {@link EmbeddedDelimiterException} before a byte is written. */
    FAIL {
        @Override
        void check(ByteBuffer frame, byte[] delimiter, String source) throws EmbeddedDelimiterException {
            int after = new DelimiterSearch(delimiter).indexAfter(frame, 0, frame.limit());
            if (after != frame.limit()) {
                throw new EmbeddedDelimiterException(source, after - delimiter.length);
            }
        }
    };

    /**
     * Looks at a frame that ends with its delimiter as a reader will: is that the first one?
     *
     * @throws EmbeddedDelimiterException if it is not, and that is not allowed
     */
    abstract void check(ByteBuffer frame, byte[] delimiter, String source) throws EmbeddedDelimiterException;
}
