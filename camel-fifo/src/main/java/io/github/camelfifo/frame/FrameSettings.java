package io.github.camelfifo.frame;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The options for decoders and encoders; each framing uses some. The endpoint collects them once with a
 * {@link Builder}, after it has checked the range of each option; {@link Framing#check} checks whether they go
 * together.
 *
 * @param source the path of the FIFO that is read or written; every error message names it
 * @param charset of text bodies and delimiters
 * @param maxFrameLength the longest frame accepted, without its delimiter, in bytes: 1 to {@link #MAX_FRAME_LENGTH}
 * @param chunkSize the longest frame of {@link Framing#CHUNKS}, in bytes: 1 or more
 * @param delimiter what ends a frame of {@link Framing#DELIMITED}: one or more characters, not escaped
 * @param frameLength the length of each frame of {@link Framing#FIXED}, in bytes: 1 or more; 0 when not given
 * @param lengthFieldSize the size of the length before each frame of {@link Framing#LENGTH_PREFIXED}, in bytes: 1, 2 or
 *     4
 * @param skipEmptyFrames whether decoders leave out empty frames; marked ones stay
 * @param oversizedFrame what decoders do with a frame over {@code maxFrameLength}
 * @param bodyType the type of bodies that decoders make
 * @param embeddedDelimiter what encoders do with a message that has the delimiter before its end
 * @param sessionStore makes a store for each session; null for sessions in memory, which {@code maxFrameLength} bounds
 */
public record FrameSettings(
        String source,
        Charset charset,
        int maxFrameLength,
        int chunkSize,
        String delimiter,
        int frameLength,
        int lengthFieldSize,
        boolean skipEmptyFrames,
        OversizedFrame oversizedFrame,
        BodyType bodyType,
        EmbeddedDelimiter embeddedDelimiter,
        Supplier<? extends SessionStore> sessionStore) {

    /** The largest {@code maxFrameLength}, in bytes: a Java array has to hold the frame and its delimiter. */
    public static final int MAX_FRAME_LENGTH = Integer.MAX_VALUE - 16;

    /**
     * {@return a builder that holds the defaults of the options}
     *
     * @param source as above
     */
    public static Builder builder(String source) {
        return new Builder(source);
    }

    /**
     * {@return the same settings, with sessions kept outside of memory}
     *
     * @param stores makes a new store at each call
     */
    public FrameSettings withSessionStore(Supplier<? extends SessionStore> stores) {
        return with(source, stores);
    }

    /**
     * {@return the same for another pipe}
     *
     * @param newSource names the pipe in exceptions
     */
    public FrameSettings withSource(String newSource) {
        return with(newSource, sessionStore);
    }

    private FrameSettings with(String newSource, Supplier<? extends SessionStore> stores) {
        return new FrameSettings(
                newSource,
                charset,
                maxFrameLength,
                chunkSize,
                delimiter,
                frameLength,
                lengthFieldSize,
                skipEmptyFrames,
                oversizedFrame,
                bodyType,
                embeddedDelimiter,
                stores);
    }

    /** Collects settings, which {@link FrameSettings} explains. Not thread-safe. */
    public static final class Builder {

        private final String source;
        private Charset charset = StandardCharsets.UTF_8;
        private int maxFrameLength = 1 << 20;
        private int chunkSize = 1 << 16;
        private String delimiter = "\n";
        private int frameLength;
        private int lengthFieldSize = Integer.BYTES;
        private boolean skipEmptyFrames;
        private OversizedFrame oversizedFrame = OversizedFrame.FAIL;
        private BodyType bodyType = BodyType.AUTO;
        private EmbeddedDelimiter embeddedDelimiter = EmbeddedDelimiter.PASS;

        private Builder(String source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * {@return this}
         *
         * @param charset UTF-8 by default
         */
        public Builder charset(Charset charset) {
            this.charset = Objects.requireNonNull(charset, "charset");
            return this;
        }

        /**
         * {@return this}
         *
         * @param maxFrameLength in bytes, 1 MiB by default
         */
        public Builder maxFrameLength(int maxFrameLength) {
            this.maxFrameLength = maxFrameLength;
            return this;
        }

        /**
         * {@return this}
         *
         * @param chunkSize in bytes, 64 KiB by default
         */
        public Builder chunkSize(int chunkSize) {
            this.chunkSize = chunkSize;
            return this;
        }

        /**
         * {@return this}
         *
         * @param delimiter a line feed by default
         */
        public Builder delimiter(String delimiter) {
            this.delimiter = Objects.requireNonNull(delimiter, "delimiter");
            return this;
        }

        /**
         * {@return this}
         *
         * @param frameLength in bytes; 0, which is the default: not given
         */
        public Builder frameLength(int frameLength) {
            this.frameLength = frameLength;
            return this;
        }

        /**
         * {@return this}
         *
         * @param lengthFieldSize in bytes, 4 by default
         */
        public Builder lengthFieldSize(int lengthFieldSize) {
            this.lengthFieldSize = lengthFieldSize;
            return this;
        }

        /**
         * {@return this}
         *
         * @param skipEmptyFrames false by default
         */
        public Builder skipEmptyFrames(boolean skipEmptyFrames) {
            this.skipEmptyFrames = skipEmptyFrames;
            return this;
        }

        /**
         * {@return this}
         *
         * @param oversizedFrame FAIL by default
         */
        public Builder oversizedFrame(OversizedFrame oversizedFrame) {
            this.oversizedFrame = Objects.requireNonNull(oversizedFrame, "oversizedFrame");
            return this;
        }

        /**
         * {@return this}
         *
         * @param bodyType AUTO by default
         */
        public Builder bodyType(BodyType bodyType) {
            this.bodyType = Objects.requireNonNull(bodyType, "bodyType");
            return this;
        }

        /**
         * {@return this}
         *
         * @param embeddedDelimiter PASS by default
         */
        public Builder embeddedDelimiter(EmbeddedDelimiter embeddedDelimiter) {
            this.embeddedDelimiter = Objects.requireNonNull(embeddedDelimiter, "embeddedDelimiter");
            return this;
        }

        /**
         * {@return new settings, with sessions kept in memory}
         *
         * @throws IllegalArgumentException if {@code lengthFieldSize} is not 1, 2 or 4
         */
        public FrameSettings build() {
            if (lengthFieldSize != 1 && lengthFieldSize != 2 && lengthFieldSize != 4) {
                throw new IllegalArgumentException("lengthFieldSize=" + lengthFieldSize + " is not 1, 2 or 4 bytes");
            }
            assert maxFrameLength >= 1 && maxFrameLength <= MAX_FRAME_LENGTH : maxFrameLength;
            assert chunkSize >= 1 && frameLength >= 0 && !delimiter.isEmpty() : "out of range";
            return new FrameSettings(
                    source,
                    charset,
                    maxFrameLength,
                    chunkSize,
                    delimiter,
                    frameLength,
                    lengthFieldSize,
                    skipEmptyFrames,
                    oversizedFrame,
                    bodyType,
                    embeddedDelimiter,
                    null);
        }
    }
}
