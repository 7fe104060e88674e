package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.frame.SessionStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.apache.camel.support.UnitOfWorkHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session in Camel's stream cache, which moves to disk when it grows; a decoder fills it. The file belongs to
 * the exchange that will carry the session, so that exchange is made when the first byte comes.
 */
public final class StoredSession implements SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSession.class);

    private final String path;
    private final Exchange exchange;
    private final CachedOutputStream cache;
    private long length;

    /**
     * A session that has ended.
     *
     * @param exchange to carry it
     * @param content the whole session
     */
    record Body(Exchange exchange, StreamCache content) {

        /** Frees a session that nobody will read. */
        void discard() {
            free(exchange);
        }
    }

    /**
     * An empty session.
     *
     * @param path of the FIFO, for the log
     * @param exchange to carry it
     */
    public StoredSession(String path, Exchange exchange) {
        this.path = path;
        this.exchange = exchange;
        this.cache = new CachedOutputStream(exchange);
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        cache.write(copy);
        length += copy.length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public Body finish() throws IOException {
        StreamCache content = cache.newStreamCache();
        cache.close();
        return new Body(exchange, content);
    }

    @Override
    public void discard() {
        try {
            cache.close();
        } catch (IOException e) {
            LOG.warn("Cannot close a session of {} that is dropped", path, e);
        }
        free(exchange);
    }

    /** Removes the file. */
    private static void free(Exchange exchange) {
        UnitOfWorkHelper.doneSynchronizations(
                exchange, exchange.getExchangeExtension().handoverCompletions());
    }
}
