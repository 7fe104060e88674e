package io.github.camelfifo.frame;

/**
 * How bytes become messages and messages become bytes: an option, and the factory of decoders and encoders.
 *
 * <p>The endpoint calls {@link #check} once when it is created, {@link #decoder} for each stream to read and
 * {@link #encoder} once for all messages to write.
 */
public enum Framing {

    /**
     * A message is a line; {@code \n} or {@code \r\n} ends it. Frames hold a {@code String} without its end; a written
     * message gets a {@code \n} unless it ends with one.
     */
    LINES,

    /**
     * A message ends at the {@linkplain FrameSettings#delimiter() delimiter}. Frames hold a {@code String} without the
     * delimiter; a written message gets the delimiter unless it ends with it.
     */
    DELIMITED,

    /**
     * A message is {@link FrameSettings#frameLength()} bytes. Frames hold a {@code byte[]}; writing a message of
     * another length is an error.
     */
    FIXED,

    /**
     * A message is its length, unsigned and big-endian in {@link FrameSettings#lengthFieldSize()} bytes, and then its
     * bytes. Frames hold a {@code byte[]} without the length.
     */
    LENGTH_PREFIXED,

    /**
     * A message is the result of one read. Frames hold a {@code byte[]} of at most {@link FrameSettings#chunkSize()}
     * bytes; bodies are written unchanged, in any length and charset.
     */
    CHUNKS,

    /**
     * A message is all bytes until the last writer closes. Frames hold a {@code byte[]}, or the result of a
     * {@link FrameSettings#sessionStore()}. Bodies are written unchanged, in any length and charset; the writer must
     * end the stream after each body.
     */
    SESSION;

    /**
     * Refuses settings that do not go with this framing, so that an endpoint fails when it is created and not at its
     * first message.
     *
     * @param settings the endpoint's settings
     * @throws IllegalArgumentException if they do not go together; the message names the option, its value and what is
     *     accepted
     */
    public void check(FrameSettings settings) {
        boolean hasDelimiter = this == LINES || this == DELIMITED;
        if (!hasDelimiter && settings.embeddedDelimiter() == EmbeddedDelimiter.FAIL) {
            // Ignoring the option would let pass the messages that it forbids.
            throw new IllegalArgumentException("embeddedDelimiter=FAIL does not go with framing=" + this
                    + ", which has no delimiter; it goes with LINES and DELIMITED");
        }
        switch (this) {
            case LINES -> LineCharset.require(settings.charset());
            case DELIMITED -> {
                byte[] unused = delimiter(settings);
            }
            case FIXED -> requireLength(settings);
            case SESSION -> requireStream(settings);
            case LENGTH_PREFIXED, CHUNKS -> {}
        }
    }

    /**
     * A decoder for one stream, for instance one opened FIFO; it starts at a frame's beginning.
     *
     * @param settings limits, charset and the stream's name
     * @return a new decoder, confined to one thread at a time
     * @throws IllegalArgumentException as {@link #check} does
     */
    public FrameDecoder decoder(FrameSettings settings) {
        check(settings);
        return switch (this) {
            case LINES -> new LineDecoder(settings);
            case DELIMITED -> new DelimitedDecoder(settings, delimiter(settings));
            case FIXED -> new FixedDecoder(settings);
            case LENGTH_PREFIXED -> new LengthPrefixedDecoder(settings);
            case CHUNKS -> isCopiedOnce(settings) ? new ChunkDecoder(settings) : new TextChunkDecoder(settings);
            case SESSION ->
                settings.sessionStore() == null ? new SessionDecoder(settings) : new StoredSessionDecoder(settings);
        };
    }

    /**
     * An encoder for any number of messages and threads.
     *
     * @param settings limits, charset and the target's name
     * @return an encoder, which keeps no state
     * @throws IllegalArgumentException as {@link #check} does, and if the charset can only decode
     */
    public FrameEncoder encoder(FrameSettings settings) {
        check(settings);
        return switch (this) {
            case LINES -> new LineEncoder(settings);
            case DELIMITED -> new DelimitedEncoder(settings, settings.delimiter(), delimiter(settings));
            case FIXED -> new FixedEncoder(settings);
            case LENGTH_PREFIXED -> new LengthPrefixedEncoder(settings);
            case CHUNKS, SESSION -> new PlainEncoder(settings);
        };
    }

    /**
     * {@return whether the decoder only copies the bytes, so that they need not be in an array before} The endpoint
     * asks.
     *
     * @param settings the endpoint's settings
     */
    public boolean isCopiedOnce(FrameSettings settings) {
        return this == CHUNKS && !settings.bodyType().isText(false);
    }

    private static byte[] delimiter(FrameSettings settings) {
        return DelimiterCharset.encode(settings.delimiter(), settings.charset());
    }

    private static void requireLength(FrameSettings settings) {
        if (settings.frameLength() == 0) {
            throw new IllegalArgumentException("frameLength is not given, and framing=FIXED needs it: 1 to"
                    + " maxFrameLength=" + settings.maxFrameLength() + " bytes");
        }
        if (settings.frameLength() > settings.maxFrameLength()) {
            throw new IllegalArgumentException("frameLength=" + settings.frameLength() + " is above maxFrameLength="
                    + settings.maxFrameLength() + "; framing=FIXED takes 1 to maxFrameLength bytes");
        }
    }

    private static void requireStream(FrameSettings settings) {
        if (settings.bodyType() != BodyType.AUTO) {
            throw new IllegalArgumentException("bodyType=" + settings.bodyType()
                    + " does not go with framing=SESSION, whose body is a stream; accepted is AUTO");
        }
    }
}
