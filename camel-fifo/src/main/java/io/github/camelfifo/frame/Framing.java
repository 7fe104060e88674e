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
        FrameDecoder newDecoder(FrameSettings settings) {
            return new LineDecoder(settings);
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new LineEncoder(settings);
        }
    },

    /**
     * A message is what stands before the {@linkplain FrameSettings#delimiter() delimiter}. Frames hold a
     * {@code String}; what is written gets the delimiter unless it ends so already.
     */
    DELIMITED {
        @Override
        public void check(FrameSettings settings) {
            byte[] unused = delimiter(settings);
        }

        @Override
        FrameDecoder newDecoder(FrameSettings settings) {
            return new DelimitedDecoder(settings, delimiter(settings));
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new DelimitedEncoder(settings, delimiter(settings));
        }

        private byte[] delimiter(FrameSettings settings) {
            return DelimiterCharset.encode(settings.delimiter(), settings.charset());
        }
    },

    /**
     * A message is {@link FrameSettings#frameLength()} bytes. Frames hold a {@code byte[]}; to write a message of
     * another length is an error.
     */
    FIXED {
        @Override
        public void check(FrameSettings settings) {
            requireNoDelimiterToBeRefused(settings);
            if (settings.frameLength() == 0) {
                throw new IllegalArgumentException("frameLength is not given, and framing=FIXED needs it: 1 to"
                        + " maxFrameLength=" + settings.maxFrameLength() + " bytes");
            }
            if (settings.frameLength() > settings.maxFrameLength()) {
                throw new IllegalArgumentException("frameLength=" + settings.frameLength()
                        + " is above maxFrameLength=" + settings.maxFrameLength() + "; framing=FIXED takes 1 to"
                        + " maxFrameLength bytes");
            }
        }

        @Override
        FrameDecoder newDecoder(FrameSettings settings) {
            return new FixedDecoder(settings);
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new FixedEncoder(settings);
        }
    },

    /**
     * A message is its length, unsigned and big-endian in {@link FrameSettings#lengthFieldSize()} bytes, and so many
     * bytes. Frames hold a {@code byte[]} without the length.
     */
    LENGTH_PREFIXED {
        @Override
        public void check(FrameSettings settings) {
            requireNoDelimiterToBeRefused(settings);
        }

        @Override
        FrameDecoder newDecoder(FrameSettings settings) {
            return new LengthPrefixedDecoder(settings);
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new LengthPrefixedEncoder(settings);
        }
    },

    /**
     * A message is what one read gives. Frames hold a {@code byte[]} of at most {@link FrameSettings#chunkSize()}
     * bytes; what is written is the body as it is, of any length and in any charset.
     */
    CHUNKS {
        @Override
        public void check(FrameSettings settings) {
            requireNoDelimiterToBeRefused(settings);
        }

        @Override
        public boolean isCopiedOnce(FrameSettings settings) {
            return !settings.bodyType().isText(false);
        }

        @Override
        FrameDecoder newDecoder(FrameSettings settings) {
            return settings.bodyType().isText(false) ? new TextChunkDecoder(settings) : new ChunkDecoder(settings);
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new PlainEncoder(settings);
        }
    },

    /**
     * A message is all that is written until the last writer closes. Frames hold a {@code byte[]}, or what a
     * {@link FrameSettings#sessionStore()} gives; what is written is the body as it is, of any length and in any
     * charset, and that its end is the end of the stream is for its writer to see to.
     */
    SESSION {
        @Override
        public void check(FrameSettings settings) {
            requireNoDelimiterToBeRefused(settings);
            if (settings.bodyType() != BodyType.AUTO) {
                throw new IllegalArgumentException("bodyType=" + settings.bodyType()
                        + " does not go with framing=SESSION, whose body is a stream; accepted is AUTO");
            }
        }

        @Override
        FrameDecoder newDecoder(FrameSettings settings) {
            return settings.sessionStore() == null ? new SessionDecoder(settings) : new StoredSessionDecoder(settings);
        }

        @Override
        FrameEncoder newEncoder(FrameSettings settings) {
            return new PlainEncoder(settings);
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
    public FrameDecoder decoder(FrameSettings settings) {
        check(settings);
        return newDecoder(settings);
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
        return newEncoder(settings);
    }

    /**
     * Whether its decoder does nothing with the bytes but copy them, so that they need not be in an array before.
     *
     * @param settings what the endpoint was given
     * @return false for whatever looks at them
     */
    public boolean isCopiedOnce(FrameSettings settings) {
        return false;
    }

    abstract FrameDecoder newDecoder(FrameSettings settings);

    abstract FrameEncoder newEncoder(FrameSettings settings);

    /** To ignore the option would be to let pass what it was set to keep out. */
    void requireNoDelimiterToBeRefused(FrameSettings settings) {
        if (settings.embeddedDelimiter() == EmbeddedDelimiter.FAIL) {
            throw new IllegalArgumentException("embeddedDelimiter=FAIL does not go with framing=" + this
                    + ", which has no delimiter; it goes with LINES and DELIMITED");
        }
    }
}
