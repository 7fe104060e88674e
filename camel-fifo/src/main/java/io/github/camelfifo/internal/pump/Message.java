package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.Frame;
import java.io.IOException;

/**
 * One message of a pipe, or the loss of one. {@link Messages} make it, and the handler gets it in a {@link FrameInWork}.
 *
 * @param frame null when it was lost
 * @param failure the reason for the loss; null for a message
 * @param frameCount how many frames the message has
 * @param session the session of writers that it came from, from 1 for each reader
 * @param malformedFrames in how many frames malformed text was replaced since the last message
 */
record Message(Frame frame, IOException failure, int frameCount, long session, long malformedFrames) {

    /** The same once more; its malformed frames have been counted. */
    Message again(long inSession) {
        return new Message(frame, failure, frameCount, inSession, 0);
    }
}
