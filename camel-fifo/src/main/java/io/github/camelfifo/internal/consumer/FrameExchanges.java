package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameMark;
import io.github.camelfifo.internal.pump.PipeName;
import java.nio.charset.Charset;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.converter.stream.InputStreamCache;

/** Makes exchanges from frames, for consumers, pollers and requests. Stateless. */
public final class FrameExchanges {

    private final Supplier<PipeName> name;
    private final Charset charset;
    private final boolean sessions;

    /**
     * Makes exchanges from the frames of a FIFO.
     *
     * @param name where the FIFO is now
     * @param sessions whether a frame is a whole session, whose body is a stream
     */
    public FrameExchanges(Supplier<PipeName> name, Charset charset, boolean sessions) {
        this.name = name;
        this.charset = charset;
        this.sessions = sessions;
    }

    /** The absolute path of the FIFO. */
    public String path() {
        return name.get().path();
    }

    /** Warns of malformed text in the frames; each reader needs its own. */
    public MalformedText malformedText() {
        return new MalformedText(this::path, charset);
    }

    /**
     * Makes an exchange with a frame as its body.
     *
     * @param exchanges makes an empty one
     * @param frame null for an exchange without a body
     * @param redelivered whether the frame was in an exchange before
     */
    public Exchange exchange(
            Supplier<Exchange> exchanges, Frame frame, long sequence, long session, boolean redelivered) {
        Object body = frame == null ? null : frame.body();
        FrameMark mark = frame == null ? FrameMark.NONE : frame.mark();
        Exchange exchange = body instanceof StoredSession.Body stored ? stored.exchange() : exchanges.get();
        FifoMessage message = new FifoMessage(exchange, name.get(), sequence, session, mark, redelivered);
        message.setBody(sessions ? sessionBody(body) : body);
        exchange.setIn(message);
        if (body instanceof String) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset.name());
        }
        return exchange;
    }

    private static Object sessionBody(Object body) {
        if (body instanceof StoredSession.Body stored) {
            return stored.content();
        }
        return body instanceof byte[] bytes ? new InputStreamCache(bytes) : body;
    }
}
