package io.github.camelfifo.internal.producer;

import io.github.camelfifo.frame.FrameEncoder;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.internal.options.EndpointOptions;
import io.github.camelfifo.pipe.FrameSource;
import io.github.camelfifo.pipe.NotAtomicException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConversionException;
import org.apache.camel.WrappedFile;

/** Makes frames of a message's body, for {@link BodyWriter}. Thread-safe. */
final class BodyEncoder {

    /** Under the lock, larger pieces are safe and cheaper. */
    private static final int LOCKED_PIECE_LENGTH = 65_536;

    /** The longest line end, which a frame's length does not count. */
    private static final int LONGEST_LINE_END = 2;

    private final FrameEncoder encoder;
    private final String path;
    private final Charset charset;
    private final boolean strict;
    /** The most bytes of several frames that are written together. */
    private final int pieceLength;
    /** Whether bodies are written as they come, at any length. */
    private final boolean unbounded;

    private final int readLimit;
    private final LongConsumer written;

    /** {@code written} counts the frames of lists when they are written. */
    BodyEncoder(EndpointOptions options, LongConsumer written) {
        this.written = written;
        Framing framing = options.framing();
        encoder = framing.encoder(options.frames());
        path = options.path().toString();
        charset = options.frames().charset();
        strict = options.strictlyAtomic();
        pieceLength = options.writing().lock() ? LOCKED_PIECE_LENGTH : NotAtomicException.PIPE_BUF;
        unbounded = framing == Framing.CHUNKS || framing == Framing.SESSION;
        readLimit = readLimit(options.frames());
    }

    /**
     * The body in pieces, when it is several frames or of unknown length; null when it is one frame.
     *
     * @throws TypeConversionException when Camel cannot convert the body to a stream
     */
    FrameSource pieces(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof List<?> list) {
            return elements(exchange, list.iterator());
        }
        if (body instanceof Iterator<?> iterator) {
            return elements(exchange, iterator);
        }
        if (!unbounded || strict) {
            return null;
        }
        if (body instanceof Reader reader) {
            return new ReaderSource(path, reader, charset);
        }
        return isStream(body) ? new StreamSource(path, stream(exchange, body)) : null;
    }

    private FrameSource elements(Exchange exchange, Iterator<?> elements) {
        return new ElementSource(path, elements, element -> frame(exchange, element), pieceLength, written);
    }

    /**
     * The body as one whole frame.
     *
     * @throws IOException when the body cannot be read or makes no frame: it is too long, too long for one write(2), of
     *     the wrong length, or has characters that the charset lacks
     * @throws IllegalArgumentException when there is no body
     * @throws TypeConversionException when the body is neither bytes nor text and Camel cannot convert it
     */
    ByteBuffer frame(Exchange exchange, Object body) throws IOException {
        ByteBuffer frame = encode(exchange, body);
        if (strict && frame.remaining() > NotAtomicException.PIPE_BUF) {
            throw new NotAtomicException(path, frame.remaining());
        }
        return frame;
    }

    private ByteBuffer encode(Exchange exchange, Object body) throws IOException {
        if (body == null) {
            throw new IllegalArgumentException("The message for " + path + " has no body");
        }
        if (body instanceof byte[] bytes) {
            return encoder.encode(bytes);
        }
        if (body instanceof String text) {
            return encoder.encode(text);
        }
        if (body instanceof Reader reader) {
            return encoder.encode(text(reader));
        }
        if (isStream(body)) {
            try (InputStream stream = stream(exchange, body)) {
                return encoder.encode(stream.readNBytes(readLimit));
            }
        }
        if (body instanceof ByteBuffer) {
            return encoder.encode(convert(exchange, body, byte[].class));
        }
        return encoder.encode(convert(exchange, body, String.class));
    }

    /** How many bytes of a stream to read into memory: just enough to know that it is too long. */
    private int readLimit(FrameSettings frames) {
        if (unbounded) {
            return strict ? NotAtomicException.PIPE_BUF + 1 : Integer.MAX_VALUE;
        }
        int longestEnd = Math.max(LONGEST_LINE_END, frames.delimiter().getBytes(charset).length);
        return (int) Math.min(Integer.MAX_VALUE, frames.maxFrameLength() + longestEnd + 1L);
    }

    private String text(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        try (reader) {
            int count = 0;
            while (count >= 0 && text.length() < readLimit) {
                text.append(buffer, 0, count);
                count = reader.read(buffer, 0, Math.min(buffer.length, readLimit - text.length()));
            }
        }
        int last = text.length() - 1;
        if (last >= 0 && text.length() == readLimit && Character.isHighSurrogate(text.charAt(last))) {
            // refuse the text for its length and not for half a character
            text.setLength(last);
        }
        return text.toString();
    }

    private static boolean isStream(Object body) {
        return body instanceof InputStream
                || body instanceof StreamCache
                || body instanceof File
                || body instanceof Path
                || body instanceof WrappedFile;
    }

    private static InputStream stream(Exchange exchange, Object body) {
        return convert(exchange, body, InputStream.class);
    }

    private static <T> T convert(Exchange exchange, Object body, Class<T> type) {
        T converted = exchange.getContext().getTypeConverter().convertTo(type, exchange, body);
        if (converted == null) {
            throw new TypeConversionException(body, type, new NoTypeConversionAvailableException(body, type));
        }
        return converted;
    }
}
