package io.github.camelfifo.internal.producer;

import io.github.camelfifo.pipe.FrameSource;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body in pieces, for the pipe's writer. Closes the body at the end, if it is closeable. */
abstract class BodySource implements FrameSource {

    private static final Logger LOG = LoggerFactory.getLogger(BodySource.class);

    private final String path;
    private final Object body;

    /** {@code path} is that of the FIFO, for the log. */
    BodySource(String path, Object body) {
        this.path = path;
        this.body = body;
    }

    @Override
    public boolean isWholeFrames() {
        return false;
    }

    @Override
    public final void close() {
        if (body instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("Cannot close the body of a message for {}", path, e);
            }
        }
    }
}
