package io.github.camelfifo;

import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.pipe.WritePolicy;
import java.nio.charset.Charset;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint. Sizes and permissions are kept as they were written; the endpoint checks them all. */
@UriParams
public class FifoConfiguration implements Cloneable {

    /** A read never gives more than the pipe holds; a buffer beyond this size is a slip of the keyboard. */
    private static final int MAX_CHUNK_SIZE = 1 << 30;

    @UriParam(
            defaultValue = "true",
            description =
                    "Make the FIFO when nothing is at the path, and any missing parent folders (rwx------) too. The"
                            + " consumer and the producer make it when they start (with lazyStartProducer, at the first message)."
                            + " When false and nothing is there, the consumer's start fails, and so does each message to the"
                            + " producer.")
    private boolean autoCreate = true;

    @UriParam(
            defaultValue = "rw-------",
            description = "Permissions of a FIFO that the component makes, such as rw-rw---- or 660. They are exact,"
                    + " whatever the umask, and never wider for a moment. The permissions of a FIFO that was there are left"
                    + " alone.")
    private String permissions = "rw-------";

    @UriParam(
            description =
                    "Remove the FIFO when the last consumer or producer that uses it in this context stops, if the"
                            + " path still holds the very FIFO that was used.")
    private boolean deleteOnStop;

    @UriParam(
            defaultValue = "LINES",
            description = "How bytes and messages relate. LINES: a message is a line, a String without its end (\\n or"
                    + " \\r\\n); the producer adds a \\n unless the body ends with one. CHUNKS: a message is what one read"
                    + " gives, a byte array of at most chunkSize; the producer writes the body as it is.")
    private Framing framing = Framing.LINES;

    @UriParam(
            defaultValue = "UTF-8",
            description =
                    "The charset of text bodies. Malformed input becomes the Unicode replacement character, is counted, and is warned of once a"
                            + " session. LINES takes charsets that write a line feed as the byte 0x0A, which UTF-16 does not.")
    private String charset = "UTF-8";

    @UriParam(
            defaultValue = "1m",
            description =
                    "The largest frame accepted in either direction, without its delimiter: bytes, or with k, m or"
                            + " g.")
    private String maxFrameLength = "1m";

    @UriParam(
            label = "consumer",
            defaultValue = "64k",
            description = "The most bytes of a message with framing=CHUNKS, and of one read with any framing: bytes, or"
                    + " with k, m or g.")
    private String chunkSize = "64k";

    @UriParam(
            label = "consumer",
            defaultValue = "FAIL",
            description = "What becomes of a frame over maxFrameLength. FAIL: the exception handler gets a"
                    + " FrameTooLongException (with bridgeErrorHandler, so does the route's onException), and the frame is"
                    + " skipped.")
    private OversizedFrame oversizedFrame = OversizedFrame.FAIL;

    @UriParam(
            label = "producer",
            defaultValue = "WAIT",
            description = "What becomes of a message when nobody has the FIFO open for reading. WAIT: it waits up to"
                    + " readerTimeout. FAIL: it fails at once. DISCARD: it is thrown away, counted, and marked with a"
                    + " header.")
    private NoReader noReader = NoReader.WAIT;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for a reader, from its arrival; then it fails with a"
                    + " NoReaderException. 0 = for ever.")
    private long readerTimeout = 30_000;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for room in the pipe without any progress (in the queue: from its"
                    + " arrival); then it fails with a PipeFullException. 0 = for ever.")
    private long writeTimeout = 30_000;

    @UriParam(
            label = "advanced",
            description = "Whether the producer waits in the caller's thread instead of answering asynchronously.")
    @Metadata(defaultValue = "false")
    private boolean synchronous;

    /**
     * A configuration with the same values, independent of this one.
     *
     * @return a copy
     */
    public FifoConfiguration copy() {
        try {
            return (FifoConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /**
     * What decoders and encoders need, checked.
     *
     * @param  path                     the FIFO
     * @return                          sizes in bytes and the charset itself
     * @throws IllegalArgumentException when a value is not acceptable; the message names option and value
     */
    FrameSettings frameSettings(String path) {
        FrameSettings settings = new FrameSettings(
                parseCharset(),
                ByteSize.parse("maxFrameLength", maxFrameLength, FrameSettings.MAX_FRAME_LENGTH),
                ByteSize.parse("chunkSize", chunkSize, MAX_CHUNK_SIZE),
                path);
        framing.check(settings);
        return settings;
    }

    /**
     * How long a message may take, checked.
     *
     * @return                          the policy of the producer's messages
     * @throws IllegalArgumentException when a time is negative; the message names option and value
     */
    WritePolicy writePolicy() {
        return new WritePolicy(noReader, time("readerTimeout", readerTimeout), time("writeTimeout", writeTimeout));
    }

    /**
     * The permission bits of a FIFO that is made, checked.
     *
     * @return                          0 to 0777
     * @throws IllegalArgumentException when the value has neither form; the message names option and value
     */
    int permissionBits() {
        return FilePermissions.parse("permissions", permissions);
    }

    private static long time(String option, long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException(
                    option + "=" + millis + " is not a time of 0 or more, in milliseconds or such as 30s");
        }
        return millis;
    }

    private Charset parseCharset() {
        try {
            return Charset.forName(charset);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "charset=" + charset + " is not a charset of this JVM, such as UTF-8 or ISO-8859-1", e);
        }
    }

    /**
     * Make the FIFO when nothing is at the path.
     *
     * @return the option's value
     */
    public boolean isAutoCreate() {
        return autoCreate;
    }

    /**
     * Make the FIFO when nothing is at the path.
     *
     * @param autoCreate the option's value
     */
    public void setAutoCreate(boolean autoCreate) {
        this.autoCreate = autoCreate;
    }

    /**
     * Permissions of a FIFO that the component makes.
     *
     * @return the option's value
     */
    public String getPermissions() {
        return permissions;
    }

    /**
     * Permissions of a FIFO that the component makes.
     *
     * @param permissions the option's value
     */
    public void setPermissions(String permissions) {
        this.permissions = permissions;
    }

    /**
     * Remove the FIFO when its last user in this context stops.
     *
     * @return the option's value
     */
    public boolean isDeleteOnStop() {
        return deleteOnStop;
    }

    /**
     * Remove the FIFO when its last user in this context stops.
     *
     * @param deleteOnStop the option's value
     */
    public void setDeleteOnStop(boolean deleteOnStop) {
        this.deleteOnStop = deleteOnStop;
    }

    /**
     * How bytes and messages relate.
     *
     * @return the option's value
     */
    public Framing getFraming() {
        return framing;
    }

    /**
     * How bytes and messages relate.
     *
     * @param framing the option's value
     */
    public void setFraming(Framing framing) {
        this.framing = framing;
    }

    /**
     * The charset of text bodies.
     *
     * @return the option's value
     */
    public String getCharset() {
        return charset;
    }

    /**
     * The charset of text bodies.
     *
     * @param charset the option's value
     */
    public void setCharset(String charset) {
        this.charset = charset;
    }

    /**
     * The largest frame accepted, in bytes or with k, m or g.
     *
     * @return the option's value
     */
    public String getMaxFrameLength() {
        return maxFrameLength;
    }

    /**
     * The largest frame accepted, in bytes or with k, m or g.
     *
     * @param maxFrameLength the option's value
     */
    public void setMaxFrameLength(String maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    /**
     * The most bytes of one read, in bytes or with k, m or g.
     *
     * @return the option's value
     */
    public String getChunkSize() {
        return chunkSize;
    }

    /**
     * The most bytes of one read, in bytes or with k, m or g.
     *
     * @param chunkSize the option's value
     */
    public void setChunkSize(String chunkSize) {
        this.chunkSize = chunkSize;
    }

    /**
     * What becomes of a frame over {@code maxFrameLength}.
     *
     * @return the option's value
     */
    public OversizedFrame getOversizedFrame() {
        return oversizedFrame;
    }

    /**
     * What becomes of a frame over {@code maxFrameLength}.
     *
     * @param oversizedFrame the option's value
     */
    public void setOversizedFrame(OversizedFrame oversizedFrame) {
        this.oversizedFrame = oversizedFrame;
    }

    /**
     * What becomes of a message when nobody reads.
     *
     * @return the option's value
     */
    public NoReader getNoReader() {
        return noReader;
    }

    /**
     * What becomes of a message when nobody reads.
     *
     * @param noReader the option's value
     */
    public void setNoReader(NoReader noReader) {
        this.noReader = noReader;
    }

    /**
     * How long a message waits for a reader.
     *
     * @return the option's value in milliseconds, 0: for ever
     */
    public long getReaderTimeout() {
        return readerTimeout;
    }

    /**
     * How long a message waits for a reader.
     *
     * @param readerTimeout the option's value in milliseconds, 0: for ever
     */
    public void setReaderTimeout(long readerTimeout) {
        this.readerTimeout = readerTimeout;
    }

    /**
     * How long a message waits for room.
     *
     * @return the option's value in milliseconds, 0: for ever
     */
    public long getWriteTimeout() {
        return writeTimeout;
    }

    /**
     * How long a message waits for room.
     *
     * @param writeTimeout the option's value in milliseconds, 0: for ever
     */
    public void setWriteTimeout(long writeTimeout) {
        this.writeTimeout = writeTimeout;
    }

    /**
     * Whether the producer waits in the caller's thread.
     *
     * @return the option's value
     */
    public boolean isSynchronous() {
        return synchronous;
    }

    /**
     * Whether the producer waits in the caller's thread.
     *
     * @param synchronous the option's value
     */
    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
