package io.github.camelfifo;

import io.github.camelfifo.frame.BodyType;
import io.github.camelfifo.frame.EmbeddedDelimiter;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.frame.OversizedFrame;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.pipe.WhenFull;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint, as they were written; {@link CheckedOptions} makes sense of them. */
@UriParams
public class FifoConfiguration implements Cloneable {

    static final int DEFAULT_LENGTH_FIELD_SIZE = 4;
    static final long DEFAULT_REQUEST_TIMEOUT = 30_000;
    static final long DEFAULT_RETRY_DELAY = 1_000;
    private static final long DEFAULT_TIMEOUT = 30_000;
    private static final long DEFAULT_CHECK_INTERVAL = 1_000;

    @UriParam(
            defaultValue = "true",
            description = "Make the FIFO when nothing is at the path, and any missing parent folders (rwx------) "
                    + "too. The consumer and the producer make it when they start (with lazyStartProducer, at "
                    + "the first message). When false and nothing is there, the consumer's start fails, and so "
                    + "does each message to the producer.")
    private boolean autoCreate = true;

    @UriParam(
            label = "security",
            defaultValue = "rw-------",
            description = "Permissions of a FIFO that the component makes, such as rw-rw---- or 660. They are "
                    + "exact, whatever the umask, and never wider for a moment. The permissions of a FIFO that "
                    + "was there are left alone.")
    private String permissions = "rw-------";

    @UriParam(
            label = "security",
            description = "Owner of a FIFO that the component makes, by name or number. Giving it to another user "
                    + "takes privileges.")
    private String owner;

    @UriParam(label = "security", description = "Group of a FIFO that the component makes, by name or number.")
    private String group;

    @UriParam(
            description = "Remove the FIFO when the last consumer or producer that uses it in this context stops, "
                    + "if the path still holds the very FIFO that was used.")
    private boolean deleteOnStop;

    @UriParam(
            label = "security",
            description =
                    "Refuse a FIFO that someone else could have planted: a symbolic link, an owner other than this "
                            + "user or root, or permissions wider than the option permissions. A symbolic link in the "
                            + "folders above it is followed only if it belongs to this user or root. Pipes without a "
                            + "name, such as /dev/stdin, are refused too.")
    private boolean strict;

    @UriParam(
            defaultValue = "LINES",
            description = "How bytes and messages relate. LINES: a message is a line, a String without its end (\\n "
                    + "or \\r\\n); the producer adds a \\n unless the body ends with one. DELIMITED: the same "
                    + "with another delimiter. FIXED: a message is frameLength bytes. LENGTH_PREFIXED: the "
                    + "length, then so many bytes. CHUNKS: a message is what one read gives, a byte array of at "
                    + "most chunkSize; the producer writes the body as it is. SESSION: a message is all that is "
                    + "written until the last writer closes; the producer closes after each body.")
    private Framing framing = Framing.LINES;

    @UriParam(
            defaultValue = "\\n",
            description = "What ends a frame of framing=DELIMITED: one or more characters, with the escapes \\n \\r "
                    + "\\t \\0 \\\\ and \\xHH.")
    private String delimiter;

    @UriParam(description = "The size of each frame of framing=FIXED: bytes, or with k, m or g.")
    private String frameLength;

    @UriParam(
            label = "advanced",
            defaultValue = "4",
            enums = "1,2,4",
            description = "The size of the length before each frame of framing=LENGTH_PREFIXED, an unsigned, "
                    + "big-endian number: 1, 2 or 4 bytes.")
    private int lengthFieldSize = DEFAULT_LENGTH_FIELD_SIZE;

    @UriParam(
            defaultValue = "UTF-8",
            description = "The charset of text bodies and delimiters. Malformed input becomes the Unicode "
                    + "replacement character, is counted, and is warned of once a session. Text framings take "
                    + "charsets in which the delimiter cannot be mistaken, which UTF-16 is not.")
    private String charset = "UTF-8";

    @UriParam(
            defaultValue = "1m",
            description = "The largest frame accepted in either direction, without its delimiter: bytes, or with k, "
                    + "m or g.")
    private String maxFrameLength = "1m";

    @UriParam(
            label = "advanced",
            description = "Ask the kernel for a pipe of this size whenever the FIFO is opened: bytes, or with k, m "
                    + "or g. When it refuses, that is logged and the pipe works on.")
    private String pipeCapacity;

    @UriParam(
            label = "advanced",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "Within which time a FIFO that was removed or replaced at the path is noticed, which is "
                    + "mostly at once. Then the one that is there is used, made anew with autoCreate. 0 = never "
                    + "look: the FIFO that was opened is used as long as it is open.")
    private long checkInterval = DEFAULT_CHECK_INTERVAL;

    @UriParam(
            description = "Path of a second FIFO for request and reply. The producer writes an InOut message and "
                    + "waits for one frame of this FIFO, one request at a time. The consumer makes InOut "
                    + "exchanges and writes each answer there.")
    private String replyTo;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a producer with replyTo waits for the reply; then the exchange fails with an "
                    + "ExchangeTimedOutException.")
    private long requestTimeout = DEFAULT_REQUEST_TIMEOUT;

    @UriParam(
            label = "consumer",
            defaultValue = "64k",
            description = "The most bytes of a message with framing=CHUNKS, and of one read with any framing: "
                    + "bytes, or with k, m or g.")
    private String chunkSize = "64k";

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description = "Above 1, a message is a List of up to so many frames, those that are there now; it never "
                    + "waits for more. A marked frame (incomplete, truncated, a fragment) comes as a List of "
                    + "one. Not with CHUNKS and SESSION.")
    private int maxBatchSize = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "FAIL",
            description = "What becomes of a frame over maxFrameLength. FAIL: the exception handler gets a "
                    + "FrameTooLongException (with bridgeErrorHandler, so does the route's onException), and "
                    + "the frame is skipped. TRUNCATE: its head is delivered, marked. SPLIT: it is delivered in "
                    + "pieces, each marked.")
    private OversizedFrame oversizedFrame = OversizedFrame.FAIL;

    @UriParam(label = "consumer", description = "Leave empty frames, such as empty lines, out.")
    private boolean skipEmptyFrames;

    @UriParam(
            label = "consumer",
            defaultValue = "AUTO",
            description = "What bodies are. AUTO: String for LINES and DELIMITED, a byte array for FIXED, "
                    + "LENGTH_PREFIXED and CHUNKS. STRING and BYTES: that, for any framing but SESSION.")
    private BodyType bodyType = BodyType.AUTO;

    @UriParam(
            label = "consumer",
            defaultValue = "ON_RECEIPT",
            description =
                    "When bytes leave the kernel's pipe. ON_RECEIPT: when they are read. ON_COMPLETION: only when "
                            + "the exchange is done, so that what a process that dies had not completed is still there for "
                            + "the next one, as long as any process has the FIFO open. A message that the route has handed "
                            + "over, to seda: (unless with waitForTaskToComplete=Always), a wireTap or an aggregator, is "
                            + "done. Not with SESSION.")
    private Acknowledge acknowledge = Acknowledge.ON_RECEIPT;

    @UriParam(
            label = "consumer",
            defaultValue = "SKIP",
            description = "With acknowledge=ON_COMPLETION, what becomes of a message whose exchange ends with an "
                    + "unhandled exception or marked for rollback. SKIP: it is done all the same. RETRY: it stays "
                    + "in the pipe and is routed again after retryDelay, marked with a header; what is behind it "
                    + "waits.")
    private OnFailure onFailure = OnFailure.SKIP;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "With onFailure=RETRY, how long after its failure a message is routed again.")
    private long retryDelay = DEFAULT_RETRY_DELAY;

    @UriParam(
            label = "consumer",
            description = "When the last writer has closed and all is processed, stop the route: for one-off loads.")
    private boolean stopOnEof;

    @UriParam(
            label = "producer",
            defaultValue = "WAIT",
            description = "What becomes of a message when nobody has the FIFO open for reading. WAIT: it waits up "
                    + "to readerTimeout. FAIL: it fails at once. DISCARD: it is thrown away, counted, and "
                    + "marked with a header.")
    private NoReader noReader = NoReader.WAIT;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for a reader, from its arrival; then it fails with a "
                    + "NoReaderException. 0 = for ever.")
    private long readerTimeout = DEFAULT_TIMEOUT;

    @UriParam(
            label = "producer",
            defaultValue = "WAIT",
            description = "What becomes of a message when the pipe has no room for its first byte. WAIT: it waits "
                    + "up to writeTimeout. FAIL: it fails at once. DISCARD: it is thrown away, counted, and "
                    + "marked with a header.")
    private WhenFull whenFull = WhenFull.WAIT;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for room in the pipe without any progress (in the queue: from "
                    + "its arrival); then it fails with a PipeFullException. 0 = for ever.")
    private long writeTimeout = DEFAULT_TIMEOUT;

    @UriParam(
            label = "producer",
            defaultValue = "PASS",
            description = "What becomes of a body that holds the delimiter before its end. PASS: it is written as "
                    + "it is, several frames to the reader. FAIL: it is refused before a byte is written.")
    private EmbeddedDelimiter embeddedDelimiter = EmbeddedDelimiter.PASS;

    @UriParam(
            label = "producer",
            defaultValue = "BEST_EFFORT",
            description = "How frames of more than 4096 bytes (PIPE_BUF) are kept from mixing with those of other "
                    + "processes; smaller ones are never split. BEST_EFFORT: not. LOCK: every frame is written "
                    + "under flock(2) on the FIFO. STRICT: they are refused.")
    private Atomicity atomicity = Atomicity.BEST_EFFORT;

    @UriParam(
            label = "producer",
            description = "Keep a reading end open too, never read, so that the kernel holds messages while no "
                    + "reader is there. There is no NoReaderException any more, and what nobody has read when "
                    + "the producer stops is lost, which is logged. Not with SESSION.")
    private boolean holdOpen;

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
     * Owner of a FIFO that the component makes.
     *
     * @return the option's value; null when not given
     */
    public String getOwner() {
        return owner;
    }

    /**
     * Owner of a FIFO that the component makes.
     *
     * @param owner the option's value
     */
    public void setOwner(String owner) {
        this.owner = owner;
    }

    /**
     * Group of a FIFO that the component makes.
     *
     * @return the option's value; null when not given
     */
    public String getGroup() {
        return group;
    }

    /**
     * Group of a FIFO that the component makes.
     *
     * @param group the option's value
     */
    public void setGroup(String group) {
        this.group = group;
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
     * Refuse a FIFO that someone else could have planted.
     *
     * @return the option's value
     */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Refuse a FIFO that someone else could have planted.
     *
     * @param strict the option's value
     */
    public void setStrict(boolean strict) {
        this.strict = strict;
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
     * What ends a frame of DELIMITED, escaped.
     *
     * @return the option's value; null when not given
     */
    public String getDelimiter() {
        return delimiter;
    }

    /**
     * What ends a frame of DELIMITED, escaped.
     *
     * @param delimiter the option's value
     */
    public void setDelimiter(String delimiter) {
        this.delimiter = delimiter;
    }

    /**
     * The size of each frame of FIXED, in bytes or with k, m or g.
     *
     * @return the option's value; null when not given
     */
    public String getFrameLength() {
        return frameLength;
    }

    /**
     * The size of each frame of FIXED, in bytes or with k, m or g.
     *
     * @param frameLength the option's value
     */
    public void setFrameLength(String frameLength) {
        this.frameLength = frameLength;
    }

    /**
     * The size of the length before each frame of LENGTH_PREFIXED, in bytes.
     *
     * @return the option's value
     */
    public int getLengthFieldSize() {
        return lengthFieldSize;
    }

    /**
     * The size of the length before each frame of LENGTH_PREFIXED, in bytes.
     *
     * @param lengthFieldSize the option's value
     */
    public void setLengthFieldSize(int lengthFieldSize) {
        this.lengthFieldSize = lengthFieldSize;
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
     * The size of the pipe to ask for, in bytes or with k, m or g.
     *
     * @return the option's value; null when not given
     */
    public String getPipeCapacity() {
        return pipeCapacity;
    }

    /**
     * The size of the pipe to ask for, in bytes or with k, m or g.
     *
     * @param pipeCapacity the option's value
     */
    public void setPipeCapacity(String pipeCapacity) {
        this.pipeCapacity = pipeCapacity;
    }

    /**
     * Within which time a change of what is at the path is noticed.
     *
     * @return the option's value, in milliseconds
     */
    public long getCheckInterval() {
        return checkInterval;
    }

    /**
     * Within which time a change of what is at the path is noticed.
     *
     * @param checkInterval the option's value, in milliseconds; 0: never look
     */
    public void setCheckInterval(long checkInterval) {
        this.checkInterval = checkInterval;
    }

    /**
     * Path of the FIFO for replies.
     *
     * @return the option's value; null when not given
     */
    public String getReplyTo() {
        return replyTo;
    }

    /**
     * Path of the FIFO for replies.
     *
     * @param replyTo the option's value
     */
    public void setReplyTo(String replyTo) {
        this.replyTo = replyTo;
    }

    /**
     * How long a request waits for its reply.
     *
     * @return the option's value in milliseconds
     */
    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * How long a request waits for its reply.
     *
     * @param requestTimeout the option's value in milliseconds
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
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
     * The most frames of a message.
     *
     * @return the option's value
     */
    public int getMaxBatchSize() {
        return maxBatchSize;
    }

    /**
     * The most frames of a message.
     *
     * @param maxBatchSize the option's value
     */
    public void setMaxBatchSize(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
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
     * Whether empty frames are left out.
     *
     * @return the option's value
     */
    public boolean isSkipEmptyFrames() {
        return skipEmptyFrames;
    }

    /**
     * Whether empty frames are left out.
     *
     * @param skipEmptyFrames the option's value
     */
    public void setSkipEmptyFrames(boolean skipEmptyFrames) {
        this.skipEmptyFrames = skipEmptyFrames;
    }

    /**
     * What bodies are.
     *
     * @return the option's value
     */
    public BodyType getBodyType() {
        return bodyType;
    }

    /**
     * What bodies are.
     *
     * @param bodyType the option's value
     */
    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    /**
     * When bytes leave the kernel's pipe.
     *
     * @return the option's value
     */
    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    /**
     * When bytes leave the kernel's pipe.
     *
     * @param acknowledge the option's value
     */
    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    /**
     * What becomes of a message whose exchange fails, with ON_COMPLETION.
     *
     * @return the option's value
     */
    public OnFailure getOnFailure() {
        return onFailure;
    }

    /**
     * What becomes of a message whose exchange fails, with ON_COMPLETION.
     *
     * @param onFailure the option's value
     */
    public void setOnFailure(OnFailure onFailure) {
        this.onFailure = onFailure;
    }

    /**
     * How long after its failure a message is routed again, with RETRY.
     *
     * @return milliseconds
     */
    public long getRetryDelay() {
        return retryDelay;
    }

    /**
     * How long after its failure a message is routed again, with RETRY.
     *
     * @param retryDelay milliseconds
     */
    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    /**
     * Whether the route stops when the last writer has closed.
     *
     * @return the option's value
     */
    public boolean isStopOnEof() {
        return stopOnEof;
    }

    /**
     * Whether the route stops when the last writer has closed.
     *
     * @param stopOnEof the option's value
     */
    public void setStopOnEof(boolean stopOnEof) {
        this.stopOnEof = stopOnEof;
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
     * What becomes of a message when the pipe is full.
     *
     * @return the option's value
     */
    public WhenFull getWhenFull() {
        return whenFull;
    }

    /**
     * What becomes of a message when the pipe is full.
     *
     * @param whenFull the option's value
     */
    public void setWhenFull(WhenFull whenFull) {
        this.whenFull = whenFull;
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
     * What becomes of a body that holds the delimiter.
     *
     * @return the option's value
     */
    public EmbeddedDelimiter getEmbeddedDelimiter() {
        return embeddedDelimiter;
    }

    /**
     * What becomes of a body that holds the delimiter.
     *
     * @param embeddedDelimiter the option's value
     */
    public void setEmbeddedDelimiter(EmbeddedDelimiter embeddedDelimiter) {
        this.embeddedDelimiter = embeddedDelimiter;
    }

    /**
     * How frames are kept from mixing with those of other processes.
     *
     * @return the option's value
     */
    public Atomicity getAtomicity() {
        return atomicity;
    }

    /**
     * How frames are kept from mixing with those of other processes.
     *
     * @param atomicity the option's value
     */
    public void setAtomicity(Atomicity atomicity) {
        this.atomicity = atomicity;
    }

    /**
     * Whether a reading end is kept open too.
     *
     * @return the option's value
     */
    public boolean isHoldOpen() {
        return holdOpen;
    }

    /**
     * Whether a reading end is kept open too.
     *
     * @param holdOpen the option's value
     */
    public void setHoldOpen(boolean holdOpen) {
        this.holdOpen = holdOpen;
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
