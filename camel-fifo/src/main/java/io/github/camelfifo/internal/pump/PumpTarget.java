package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.FrameMark;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import java.io.IOException;

/**
 * The receiver of a {@link FramePump}'s messages.
 *
 * @param handler gets them
 * @param gate lets them in one at a time
 * @param retryMillis the pause before a failed message comes again
 * @param statistics counts them
 */
record PumpTarget(FrameHandler handler, DeliveryGate gate, long retryMillis, ReaderStatistics statistics) {

    /** Counts what is unusual about a message that comes next; {@code earlier} is null for its first time. */
    void countUnusual(Message next, Verdict earlier) {
        if (next.malformedFrames() > 0) {
            statistics.malformed(next.malformedFrames());
        }
        if (earlier == null && isOversized(next)) {
            statistics.oversized();
        }
        if (next.failure() != null) {
            statistics.failed(next.failure());
        }
    }

    /**
     * Reading has failed and will be tried again.
     *
     * @param told whether to report no further failure
     * @return as {@code told}, for the next failure
     */
    boolean readingFailed(IOException reason, boolean told) {
        statistics.failed("Reading failed: " + Failure.text(reason));
        return told || handler.readingFailed(reason);
    }

    /** A split frame counts with its first piece. */
    private static boolean isOversized(Message next) {
        if (next.frame() == null) {
            return next.failure() instanceof FrameTooLongException;
        }
        FrameMark mark = next.frame().mark();
        return mark.truncated() > 0 || mark.fragment() == 0;
    }

    /** Counts a message that is delivered; {@code earlier} is the verdict of the last time, or null. */
    void countDelivery(Message message, Verdict earlier) {
        if (earlier == Verdict.AGAIN) {
            statistics.redelivered();
        } else if (earlier != Verdict.REFUSED) {
            statistics.delivered(message.frameCount());
        }
    }
}
