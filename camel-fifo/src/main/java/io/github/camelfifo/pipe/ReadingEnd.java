package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;

/**
 * The reading end of a FIFO between two readers: {@link PipeReader#giveAway} makes it, and another {@link PipeReader}
 * goes on with it as if there had been only one.
 *
 * @param descriptor non-blocking; whoever has this closes it
 * @param writerSeen whether a writer was there in this session; no writer is then the end of the session
 * @param sessionEnded whether the end of the session was given
 */
public record ReadingEnd(Descriptor descriptor, boolean writerSeen, boolean sessionEnded) {

    /**
     * {@return a reading end that was just opened}
     *
     * @param descriptor non-blocking
     */
    public static ReadingEnd opened(Descriptor descriptor) {
        return new ReadingEnd(descriptor, false, false);
    }

    /**
     * {@return the reading end of an anonymous pipe, which surely had a writer}
     *
     * @param descriptor non-blocking
     */
    public static ReadingEnd anonymous(Descriptor descriptor) {
        return new ReadingEnd(descriptor, true, false);
    }
}
