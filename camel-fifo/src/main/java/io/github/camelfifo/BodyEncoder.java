package io.github.camelfifo;

import io.github.camelfifo.frame.FrameEncoder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/** Makes a frame of a message's body. Thread-safe. */
final class BodyEncoder {

    private final FrameEncoder encoder;
    private final String path;

    BodyEncoder(FrameEncoder encoder, String path) {
        this.encoder = encoder;
        this.path = path;
    }

    /**
     * The whole frame.
     *
     * @throws IllegalArgumentException when there is no body
     * @throws InvalidPayloadException  when the body is neither text nor bytes and cannot be made so
     * @throws IOException              when the frame is too long, or cannot be written in the charset
     */
    ByteBuffer encode(Message message) throws InvalidPayloadException, IOException {
        Object body = message.getBody();
        if (body == null) {
            throw new IllegalArgumentException("The message for " + path + " has no body");
        }
        if (body instanceof byte[] bytes) {
            return encoder.encode(bytes);
        }
        if (body instanceof String text) {
            return encoder.encode(text);
        }
        // bytes stay bytes, whatever the charset; everything else is text
        return isBinary(body)
                ? encoder.encode(message.getMandatoryBody(byte[].class))
                : encoder.encode(message.getMandatoryBody(String.class));
    }

    private static boolean isBinary(Object body) {
        return body instanceof InputStream
                || body instanceof StreamCache
                || body instanceof ByteBuffer
                || body instanceof File
                || body instanceof WrappedFile;
    }
}
