package io.github.camelfifo.frame;

/**
 * How bytes and messages relate.
 *
 * <p>Call {@link #check} once when the endpoint is created, {@link #decoder} for each stream that is read and
 * {@link #encoder} once for all that is written.
 */
public enum Framing {

    /**
     * A message is a line; {@code \n} or {@code \r\n} ends it. Frames hold a {@code String} without its end; what is
     * written gets a {@code \n} unless it ends so already.
     */
    LINES {
        @Override
        public void check(FrameSettings settings) {
            LineCharset.require(settings.charset());
        }

        @Override
        public FrameDecoder decoder(FrameSettings settings) {
            return new LineDecoder(settings);
        }

        @Override
        public FrameEncoder encoder(FrameSettings settings) {
            return new LineEncoder(settings);
        }
    },

    /**
     * A message is what one read gives. Frames hold a {@code byte[]} of at most {@link FrameSettings#chunkSize()}
     * bytes; what is written is the body as it is, of any length and in any charset.
     */
    CHUNKS {
        @Override
        public void check(FrameSettings settings) {
            // Bytes are bytes: chunks go with every charset and every size that FrameSettings accepts.
        }

        @Override
        public FrameDecoder decoder(FrameSettings settings) {
            return new ChunkDecoder(settings);
        }

        @Override
        public FrameEncoder encoder(FrameSettings settings) {
            return new ChunkEncoder(settings);
        }
    };

    /**
     * Refuses settings that do not go with this framing, so that an endpoint fails when it is created and not at its
     * first message.
     *
     * @param settings what the endpoint was given
     * @throws IllegalArgumentException if they do not go together; the message names the option, its value and what is
     *     accepted
     */
    public abstract void check(FrameSettings settings);

    /**
     * A decoder for one stream, for instance one opened FIFO; it starts at a frame's beginning.
     *
     * @param settings limits, charset and the stream's name
     * @return a new decoder, confined to one thread at a time
     * @throws IllegalArgumentException as {@link #check} does
     */
    public abstract FrameDecoder decoder(FrameSettings settings);

    /**
     * An encoder for any number of messages and threads.
     *
     * @param settings limits, charset and the target's name
     * @return an encoder, which keeps no state
     * @throws IllegalArgumentException as {@link #check} does, and if the charset can only decode
     */
    public abstract FrameEncoder encoder(FrameSettings settings);
}
