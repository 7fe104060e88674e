package io.github.camelfifo.internal.pump;

import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.Claimant;
import io.github.camelfifo.pipe.NamedPipe;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * How to read the FIFOs at a path. The endpoint makes it from its options, for {@link ConsumedPath}.
 *
 * @param pipe the path
 * @param deleteOnStop whether to remove the FIFO with the last use of the path
 * @param checkIntervalMillis the longest time until another FIFO at the path is noticed; 0: never
 * @param reader the only reader of the FIFOs
 * @param options the options as text; a reader gets left bytes only of a reader with the same options
 * @param looks whether bytes leave the pipe only up to the end of a frame
 * @param takesFirst with {@code looks}: whether they leave it before the message is delivered, and not when it is done
 * @param chunkSize the most bytes of one read
 * @param copiedOnce whether the decoder copies the bytes that it is given
 * @param maxBatchSize the most frames of a message
 * @param retryMillis the pause before a failed message comes again
 * @param decoders makes a decoder for the FIFO at a path
 * @param context the name of the reader's context, for messages
 * @param exclusive whether the reader takes turns with others that do
 * @param keepsRest whether to keep undelivered bytes for the next reader of the FIFO
 * @param holdsOpen whether to keep the FIFO open for the next reader too
 */
public record Reading(
        NamedPipe pipe,
        boolean deleteOnStop,
        long checkIntervalMillis,
        Claimant reader,
        String options,
        boolean looks,
        boolean takesFirst,
        int chunkSize,
        boolean copiedOnce,
        int maxBatchSize,
        long retryMillis,
        Function<String, FrameDecoder> decoders,
        String context,
        boolean exclusive,
        BooleanSupplier keepsRest,
        BooleanSupplier holdsOpen) {

    /** The same, but reads frame by frame and nothing beyond a frame. */
    public Reading polledBy(Claimant poller) {
        return with(pipe, poller, true, false, false, keepsRest, () -> false);
    }

    /** The same for answers to requests: the rest of an answer is of no use to the next reader. */
    public Reading ofReplies() {
        return with(pipe, reader, false, false, false, () -> false, () -> false);
    }

    /** The same for another FIFO. */
    Reading at(NamedPipe other) {
        return with(other, reader, looks, takesFirst, exclusive, keepsRest, holdsOpen);
    }

    /** The messages of the FIFO, from which nothing was read yet; see {@link Frames}. */
    Frames frames(ReaderStatistics statistics, boolean endsWithSession) {
        return new Frames(decoders.apply(pipe.path()), statistics, endsWithSession, maxBatchSize, takesFirst);
    }

    private Reading with(
            NamedPipe newPipe,
            Claimant newReader,
            boolean newLooks,
            boolean newTakesFirst,
            boolean newExclusive,
            BooleanSupplier newKeepsRest,
            BooleanSupplier newHoldsOpen) {
        return new Reading(
                newPipe,
                deleteOnStop,
                checkIntervalMillis,
                newReader,
                options,
                newLooks,
                newTakesFirst,
                chunkSize,
                copiedOnce,
                maxBatchSize,
                retryMillis,
                decoders,
                context,
                newExclusive,
                newKeepsRest,
                newHoldsOpen);
    }
}
