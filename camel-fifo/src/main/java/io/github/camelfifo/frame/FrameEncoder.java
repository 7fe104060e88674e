package io.github.camelfifo.frame;

import java.nio.ByteBuffer;

/**
 * Turns one message into one contiguous buffer, delimiter included, so that a frame of up to {@code PIPE_BUF} bytes is
 * one {@code write(2)} and therefore whole (pipe(7)). Does no I/O, so it refuses a message before any byte is written.
 * The producer calls it.
 *
 * <p>The buffers are heap buffers that start with the frame at position 0 and end with it at the limit. Keeps no state;
 * any number of threads may use one encoder at once.
 */
public interface FrameEncoder {

    /**
     * The frame for a body of bytes, unchanged in any charset.
     *
     * @param body the message; the buffer may share this array, so do not change it before it is written
     * @return the frame's bytes
     * @throws FrameTooLongException if the framing has a limit and the body, without its delimiter, is longer than
     *     {@code maxFrameLength} or than its length field allows
     * @throws FrameLengthException if all frames of this framing have one length, and the body has another
     * @throws EmbeddedDelimiterException if the body has a delimiter before its end, under
     *     {@link EmbeddedDelimiter#FAIL}
     */
    ByteBuffer encode(byte[] body) throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException;

    /**
     * The frame for a text, in the charset of the settings. Encodes each message on its own, as
     * {@link String#getBytes(java.nio.charset.Charset)} does (UTF-16 puts a byte order mark before each), but never
     * replaces a character.
     *
     * @param body the message
     * @return the frame's bytes
     * @throws FrameTooLongException as for bytes; the length is that of the encoded text
     * @throws FrameLengthException as for bytes
     * @throws EmbeddedDelimiterException as for bytes
     * @throws UnencodableTextException if the charset has no bytes for some character, or the text holds half a
     *     surrogate pair
     */
    ByteBuffer encode(String body)
            throws FrameTooLongException, FrameLengthException, EmbeddedDelimiterException, UnencodableTextException;
}
