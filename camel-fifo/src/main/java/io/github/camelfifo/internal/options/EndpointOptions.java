package io.github.camelfifo.internal.options;

import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.PipeOptions;
import io.github.camelfifo.pipe.WritePolicy;
import java.nio.file.Path;

/**
 * An endpoint's options, checked, in the component's units. {@link OptionReader} makes it; the endpoint gives it to all
 * its consumers and producers.
 *
 * @param path absolute
 * @param pipe for making and opening the FIFO
 * @param deleteOnStop whether the last user of the FIFO removes it
 * @param checkIntervalMillis the interval of checks for another FIFO at the path; 0: no checks
 * @param framing of both directions
 * @param frames for decoders and encoders
 * @param consuming the options for readers only
 * @param writing how long a message may take
 * @param strictlyAtomic whether to refuse a message that does not fit into one write(2): {@code atomicity=STRICT}
 * @param requestTimeoutMillis how long a request may take, 1 or more
 * @param forReplies the options of the FIFO for replies; null when there is none
 */
public record EndpointOptions(
        Path path,
        PipeOptions pipe,
        boolean deleteOnStop,
        long checkIntervalMillis,
        Framing framing,
        FrameSettings frames,
        ConsumerOptions consuming,
        WritePolicy writing,
        boolean strictlyAtomic,
        long requestTimeoutMillis,
        EndpointOptions forReplies) {}
