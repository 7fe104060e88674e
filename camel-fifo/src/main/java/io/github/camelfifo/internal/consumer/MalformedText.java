package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.internal.pump.FrameInWork;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns once a session of frames in which malformed text was replaced; {@link FrameRouter} and {@link FramePoller} call
 * it. Confined to the owner of the reader's pump.
 */
public final class MalformedText {

    private static final Logger LOG = LoggerFactory.getLogger(MalformedText.class);

    private final Supplier<String> path;
    private final Charset charset;
    private long sessionWarnedOf;

    /** Warns of nothing yet. */
    MalformedText(Supplier<String> path, Charset charset) {
        this.path = path;
        this.charset = charset;
    }

    /** To be called for each message. */
    void note(FrameInWork message) {
        if (message.malformedFrames() > 0 && sessionWarnedOf != message.session()) {
            sessionWarnedOf = message.session();
            LOG.warn("{} has bytes that are not valid {}; they become U+FFFD", path.get(), charset);
        }
    }
}
