package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.FrameInWork;
import java.nio.charset.Charset;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts one consumer's frames in which malformed text was replaced, and warns once a session; {@link FrameRouter} and
 * {@link FramePoller} call it. Confined to the owner of the consumer's pump.
 */
public final class MalformedText {

    private static final Logger LOG = LoggerFactory.getLogger(MalformedText.class);

    private final Supplier<String> path;
    private final Charset charset;
    private final LongConsumer counter;
    private long sessionWarnedOf;

    /** Counts nothing yet. */
    public MalformedText(Supplier<String> path, Charset charset, LongConsumer counter) {
        this.path = path;
        this.charset = charset;
        this.counter = counter;
    }

    /** Adds the message's count; to be called for each message. */
    void note(FrameInWork message) {
        long fresh = message.malformedFrames();
        if (fresh == 0) {
            return;
        }
        counter.accept(fresh);
        if (sessionWarnedOf != message.session()) {
            sessionWarnedOf = message.session();
            LOG.warn("{} has bytes that are not valid {}; they become U+FFFD", path.get(), charset);
        }
    }
}
