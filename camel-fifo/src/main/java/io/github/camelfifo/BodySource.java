package io.github.camelfifo;

import io.github.camelfifo.pipe.FrameSource;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A body in pieces. {@link BodyEncoder} makes it; the pipe's writer takes the pieces, and closes the body if it can be. */
abstract class BodySource implements FrameSource {

    private static final Logger LOG = LoggerFactory.getLogger(BodySource.class);

    private final Object body;

    BodySource(Object body) {
        this.body = body;
    }

    @Override
    public final void close() {
        if (body instanceof Closeable closeable) {
            try {
                closeable.close();
            } catch (IOException | RuntimeException e) {
                LOG.warn("The body of a message cannot be closed", e);
            }
        }
    }
}
