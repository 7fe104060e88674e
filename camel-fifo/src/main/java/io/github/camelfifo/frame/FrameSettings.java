package io.github.camelfifo.frame;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What decoders and encoders need to know. Each framing takes from it what concerns it. Immutable; made by a
 * {@link Builder}, which checks each value for itself, whereas {@link Framing#check} asks how they go together.
 */
public final class FrameSettings {

    /** The largest {@code maxFrameLength}, in bytes: a Java array has to hold the frame and its delimiter. */
    public static final int MAX_FRAME_LENGTH = Integer.MAX_VALUE - 16;

    private final String source;
    private final Charset charset;
    private final int maxFrameLength;
    private final int chunkSize;
    private final String delimiter;
    private final int frameLength;
    private final int lengthFieldSize;
    private final boolean skipEmptyFrames;
    private final OversizedFrame oversizedFrame;
    private final BodyType bodyType;
    private final EmbeddedDelimiter embeddedDelimiter;
    private final Supplier<? extends SessionStore> sessionStore;

    private FrameSettings(Builder builder) {
        source = builder.source;
        charset = builder.charset;
        maxFrameLength = builder.maxFrameLength;
        chunkSize = builder.chunkSize;
        delimiter = builder.delimiter;
        frameLength = builder.frameLength;
        lengthFieldSize = builder.lengthFieldSize;
        skipEmptyFrames = builder.skipEmptyFrames;
        oversizedFrame = builder.oversizedFrame;
        bodyType = builder.bodyType;
        embeddedDelimiter = builder.embeddedDelimiter;
        sessionStore = builder.sessionStore;
    }

    /**
     * Settings with the defaults of the options.
     *
     * @param source where the bytes come from or go to: the FIFO's path; named in every message
     * @return a new builder
     * @throws NullPointerException if {@code source} is null
     */
    public static Builder builder(String source) {
        return new Builder(source);
    }

    /**
     * Where the bytes come from or go to.
     *
     * @return the FIFO's path
     */
    public String source() {
        return source;
    }

    /**
     * Of text bodies and delimiters.
     *
     * @return UTF-8 by default
     */
    public Charset charset() {
        return charset;
    }

    /**
     * The longest frame accepted, without its delimiter.
     *
     * @return bytes: 1 to {@link #MAX_FRAME_LENGTH}; 1 MiB by default
     */
    public int maxFrameLength() {
        return maxFrameLength;
    }

    /**
     * The longest frame of {@link Framing#CHUNKS}.
     *
     * @return bytes: 1 or more; 64 KiB by default
     */
    public int chunkSize() {
        return chunkSize;
    }

    /**
     * What ends a frame of {@link Framing#DELIMITED}.
     *
     * @return one or more characters, not escaped; a line feed by default
     */
    public String delimiter() {
        return delimiter;
    }

    /**
     * The length of each frame of {@link Framing#FIXED}.
     *
     * @return bytes: 1 or more; 0 when not given
     */
    public int frameLength() {
        return frameLength;
    }

    /**
     * The size of the length before each frame of {@link Framing#LENGTH_PREFIXED}.
     *
     * @return bytes: 1, 2 or 4, which is the default
     */
    public int lengthFieldSize() {
        return lengthFieldSize;
    }

    /**
     * Whether decoders leave out empty frames; not those that are marked.
     *
     * @return false by default
     */
    public boolean skipEmptyFrames() {
        return skipEmptyFrames;
    }

    /**
     * What decoders do with a frame over {@link #maxFrameLength()}.
     *
     * @return FAIL by default
     */
    public OversizedFrame oversizedFrame() {
        return oversizedFrame;
    }

    /**
     * What decoders make of a frame's bytes.
     *
     * @return AUTO by default
     */
    public BodyType bodyType() {
        return bodyType;
    }

    /**
     * What encoders do with a message that holds the delimiter.
     *
     * @return PASS by default
     */
    public EmbeddedDelimiter embeddedDelimiter() {
        return embeddedDelimiter;
    }

    /**
     * Makes stores for sessions, one for each.
     *
     * @return null for sessions in memory, bounded by {@link #maxFrameLength()}; that is the default
     */
    public Supplier<? extends SessionStore> sessionStore() {
        return sessionStore;
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_MAX_FRAME_LENGTH = 1 << 20;
        private static final int DEFAULT_CHUNK_SIZE = 1 << 16;

        private final String source;
        private Charset charset = StandardCharsets.UTF_8;
        private int maxFrameLength = DEFAULT_MAX_FRAME_LENGTH;
        private int chunkSize = DEFAULT_CHUNK_SIZE;
        private String delimiter = "\n";
        private int frameLength;
        private int lengthFieldSize = Integer.BYTES;
        private boolean skipEmptyFrames;
        private OversizedFrame oversizedFrame = OversizedFrame.FAIL;
        private BodyType bodyType = BodyType.AUTO;
        private EmbeddedDelimiter embeddedDelimiter = EmbeddedDelimiter.PASS;
        private Supplier<? extends SessionStore> sessionStore;

        private Builder(String source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Sets what {@link FrameSettings#charset()} tells.
         *
         * @param charset not null
         * @return this
         */
        public Builder charset(Charset charset) {
            this.charset = Objects.requireNonNull(charset, "charset");
            return this;
        }

        /**
         * Sets what {@link FrameSettings#maxFrameLength()} tells.
         *
         * @param maxFrameLength in bytes
         * @return this
         */
        public Builder maxFrameLength(int maxFrameLength) {
            this.maxFrameLength = maxFrameLength;
            return this;
        }

        /**
         * Sets what {@link FrameSettings#chunkSize()} tells.
         *
         * @param chunkSize in bytes
         * @return this
         */
        public Builder chunkSize(int chunkSize) {
            this.chunkSize = chunkSize;
            return this;
        }

        /**
         * Sets what {@link FrameSettings#delimiter()} tells.
         *
         * @param delimiter not escaped, see {@link Delimiter#parse}; not null
         * @return this
         */
        public Builder delimiter(String delimiter) {
            this.delimiter = Objects.requireNonNull(delimiter, "delimiter");
            return this;
        }

        /**
         * Sets what {@link FrameSettings#frameLength()} tells.
         *
         * @param frameLength in bytes; 0: not given
         * @return this
         */
        public Builder frameLength(int frameLength) {
            this.frameLength = frameLength;
            return this;
        }

        /**
         * Sets what {@link FrameSettings#lengthFieldSize()} tells.
         *
         * @param lengthFieldSize in bytes
         * @return this
         */
        public Builder lengthFieldSize(int lengthFieldSize) {
            this.lengthFieldSize = lengthFieldSize;
            return this;
        }

        /**
         * Sets what {@link FrameSettings#skipEmptyFrames()} tells.
         *
         * @param skipEmptyFrames whether they are left out
         * @return this
         */
        public Builder skipEmptyFrames(boolean skipEmptyFrames) {
            this.skipEmptyFrames = skipEmptyFrames;
            return this;
        }

        /**
         * Sets what {@link FrameSettings#oversizedFrame()} tells.
         *
         * @param oversizedFrame not null
         * @return this
         */
        public Builder oversizedFrame(OversizedFrame oversizedFrame) {
            this.oversizedFrame = Objects.requireNonNull(oversizedFrame, "oversizedFrame");
            return this;
        }

        /**
         * Sets what {@link FrameSettings#bodyType()} tells.
         *
         * @param bodyType not null
         * @return this
         */
        public Builder bodyType(BodyType bodyType) {
            this.bodyType = Objects.requireNonNull(bodyType, "bodyType");
            return this;
        }

        /**
         * Sets what {@link FrameSettings#embeddedDelimiter()} tells.
         *
         * @param embeddedDelimiter not null
         * @return this
         */
        public Builder embeddedDelimiter(EmbeddedDelimiter embeddedDelimiter) {
            this.embeddedDelimiter = Objects.requireNonNull(embeddedDelimiter, "embeddedDelimiter");
            return this;
        }

        /**
         * Sets what {@link FrameSettings#sessionStore()} tells.
         *
         * @param sessionStore makes a new store at each call; null for sessions in memory
         * @return this
         */
        public Builder sessionStore(Supplier<? extends SessionStore> sessionStore) {
            this.sessionStore = sessionStore;
            return this;
        }

        /**
         * The settings, checked each for itself.
         *
         * @return new and immutable
         * @throws IllegalArgumentException if a value is out of its range; the message names the option, its value and
         *     what is accepted
         */
        public FrameSettings build() {
            if (maxFrameLength < 1 || maxFrameLength > MAX_FRAME_LENGTH) {
                throw refusal("maxFrameLength", maxFrameLength, "from 1 to " + MAX_FRAME_LENGTH + " bytes");
            }
            if (chunkSize < 1) {
                throw refusal("chunkSize", chunkSize, "1 byte or more");
            }
            if (frameLength < 0) {
                throw refusal("frameLength", frameLength, "1 byte or more");
            }
            if (lengthFieldSize != 1 && lengthFieldSize != 2 && lengthFieldSize != 4) {
                throw refusal("lengthFieldSize", lengthFieldSize, "1, 2 or 4 bytes");
            }
            if (delimiter.isEmpty()) {
                throw refusal("delimiter", delimiter, "one or more characters");
            }
            return new FrameSettings(this);
        }

        private static IllegalArgumentException refusal(String option, Object value, String accepted) {
            return new IllegalArgumentException(option + "=" + value + " is not " + accepted);
        }
    }
}
