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

/** The options of an endpoint, as the user wrote them. Camel sets them; the endpoint reads them. */
@UriParams
public class FifoConfiguration implements Cloneable {

    private static final int DEFAULT_LENGTH_FIELD_SIZE = 4;
    private static final long DEFAULT_REQUEST_TIMEOUT = 30_000;
    private static final long DEFAULT_RETRY_DELAY = 1_000;
    private static final long DEFAULT_TIMEOUT = 30_000;
    private static final long DEFAULT_CHECK_INTERVAL = 1_000;

    @UriParam(
            defaultValue = "true",
            description = "When nothing is at the path, make the FIFO and missing parent folders (rwx------). The "
                    + "consumer and the producer do so when they start (with lazyStartProducer: at the first "
                    + "message). With false, the consumer's start fails when nothing is there, and so does each "
                    + "message to the producer.")
    private boolean autoCreate = true;

    @UriParam(
            label = "security",
            defaultValue = "rw-------",
            description = "The permissions of a FIFO that the component makes, such as rw-rw---- or 660. They are "
                    + "exact under any umask, and never wider. An existing FIFO keeps its permissions.")
    private String permissions = "rw-------";

    @UriParam(
            label = "security",
            description = "The owner of a FIFO that the component makes, by name or number. Only a privileged process "
                    + "can give it to another user.")
    private String owner;

    @UriParam(label = "security", description = "The group of a FIFO that the component makes, by name or number.")
    private String group;

    @UriParam(
            description = "Remove the FIFO when the last consumer or producer in this context that uses it stops. "
                    + "Another FIFO that is at the path by then stays.")
    private boolean deleteOnStop;

    @UriParam(
            description =
                    "Keep a reading end open that is never read. Consumer: also while its route is stopped, replaced "
                            + "or removed, until the context stops. Writers then wait instead of being killed by SIGPIPE, and the "
                            + "next start reads what they write. Producer: from the first message to the stop. The kernel then keeps "
                            + "messages while no reader is there, and no message fails with a NoReaderException. Unread bytes are "
                            + "lost at the end, and the log says how many. Not with SESSION.")
    private boolean holdOpen;

    @UriParam(
            label = "security",
            description = "Refuse a FIFO that another user could have put there: a symbolic link, an owner other than "
                    + "this user or root, or permissions wider than the option permissions. Symbolic links in the "
                    + "folders above are followed only if they belong to this user or root. Pipes without a name, "
                    + "such as /dev/stdin, are refused too.")
    private boolean strict;

    @UriParam(
            defaultValue = "LINES",
            description = "How bytes become messages, and messages become bytes. LINES: a message is a line, a String "
                    + "without its end (\\n or \\r\\n); the producer adds \\n unless the body ends with it. "
                    + "DELIMITED: the same with another delimiter. FIXED: a message is frameLength bytes. "
                    + "LENGTH_PREFIXED: a message is a length and then that many bytes. CHUNKS: a message is the "
                    + "result of one read, a byte array of at most chunkSize; the producer writes the body as it is. "
                    + "SESSION: a message is everything until the last writer closes; the producer closes after each "
                    + "body.")
    private Framing framing = Framing.LINES;

    @UriParam(
            defaultValue = "\\n",
            description = "The delimiter of framing=DELIMITED: one or more characters, with the escapes \\n \\r \\t "
                    + "\\0 \\\\ and \\xHH.")
    private String delimiter;

    @UriParam(description = "The size of each frame of framing=FIXED: bytes, or with k, m or g.")
    private String frameLength;

    @UriParam(
            label = "advanced",
            defaultValue = "4",
            enums = "1,2,4",
            description = "The size of the length before each frame of framing=LENGTH_PREFIXED: 1, 2 or 4 bytes. The "
                    + "length is unsigned and big-endian.")
    private int lengthFieldSize = DEFAULT_LENGTH_FIELD_SIZE;

    @UriParam(
            defaultValue = "UTF-8",
            description = "The charset of text bodies and delimiters. Malformed input becomes the Unicode replacement "
                    + "character and is counted, with one warning for each session. Text framings accept only "
                    + "charsets in which the delimiter cannot be mistaken, so not UTF-16.")
    private String charset = "UTF-8";

    @UriParam(
            defaultValue = "1m",
            description = "The largest frame in either direction, without its delimiter: bytes, or with k, m or g.")
    private String maxFrameLength = "1m";

    @UriParam(
            label = "advanced",
            description = "The capacity to ask the kernel for whenever the FIFO is opened: bytes, or with k, m or g. "
                    + "When the kernel refuses, the log says so, and the pipe works with the capacity that it has.")
    private String pipeCapacity;

    @UriParam(
            label = "advanced",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "A FIFO that was removed or replaced at the path is noticed within this time, mostly at "
                    + "once. The component then uses the FIFO that is there now, or makes one with autoCreate. 0 = "
                    + "never look: the FIFO that was opened is used as long as it is open.")
    private long checkInterval = DEFAULT_CHECK_INTERVAL;

    @UriParam(
            description = "The path of a second FIFO, for request and reply. The producer writes an InOut message and "
                    + "waits for one frame of the second FIFO, one request at a time. The consumer makes InOut "
                    + "exchanges and writes each answer to the second FIFO.")
    private String replyTo;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a producer with replyTo waits for the reply. Then the exchange fails with an "
                    + "ExchangeTimedOutException.")
    private long requestTimeout = DEFAULT_REQUEST_TIMEOUT;

    @UriParam(
            label = "consumer",
            defaultValue = "64k",
            description = "The most bytes of a message with framing=CHUNKS, and of one read with any framing: bytes, "
                    + "or with k, m or g.")
    private String chunkSize = "64k";

    @UriParam(
            label = "consumer",
            defaultValue = "1",
            description = "Above 1, a message is a List of up to that many frames. It takes those that are there now, "
                    + "and never waits for more. A marked frame (incomplete, truncated, a fragment) comes as a List "
                    + "of one. Not with CHUNKS and SESSION.")
    private int maxBatchSize = 1;

    @UriParam(
            label = "consumer",
            defaultValue = "FAIL",
            description = "What happens to a frame over maxFrameLength. FAIL: the frame is skipped, and the exception "
                    + "handler gets a FrameTooLongException (with bridgeErrorHandler, so does the route's "
                    + "onException). TRUNCATE: its beginning is delivered, marked with a header. SPLIT: it is "
                    + "delivered in pieces, each marked with headers.")
    private OversizedFrame oversizedFrame = OversizedFrame.FAIL;

    @UriParam(label = "consumer", description = "Leave out empty frames, such as empty lines.")
    private boolean skipEmptyFrames;

    @UriParam(
            label = "consumer",
            defaultValue = "AUTO",
            description = "The type of bodies. AUTO: String for LINES and DELIMITED, a byte array for FIXED, "
                    + "LENGTH_PREFIXED and CHUNKS. STRING and BYTES: this type for any framing except SESSION.")
    private BodyType bodyType = BodyType.AUTO;

    @UriParam(
            label = "consumer",
            defaultValue = "ON_RECEIPT",
            description = "When the bytes of a message leave the kernel's pipe. ON_RECEIPT: when they are read. "
                    + "ON_COMPLETION: when the exchange is done. If the process dies before that, they are still "
                    + "there for the next one, as long as any process has the FIFO open. A message that the route "
                    + "has handed over is done: to seda: (unless with waitForTaskToComplete=Always), to a wireTap or "
                    + "to an aggregator. Not with SESSION.")
    private Acknowledge acknowledge = Acknowledge.ON_RECEIPT;

    @UriParam(
            label = "consumer",
            defaultValue = "SKIP",
            description = "With acknowledge=ON_COMPLETION: what happens to a message whose exchange ends with an "
                    + "unhandled exception or is marked for rollback. SKIP: the message is done all the same. RETRY: "
                    + "it stays in the pipe and is routed again after retryDelay, with a header; the messages behind "
                    + "it wait.")
    private OnFailure onFailure = OnFailure.SKIP;

    @UriParam(
            label = "consumer",
            defaultValue = "1000",
            javaType = "java.time.Duration",
            description = "With onFailure=RETRY: how long after its failure a message is routed again.")
    private long retryDelay = DEFAULT_RETRY_DELAY;

    @UriParam(
            label = "consumer",
            description = "Stop the route when the last writer has closed and everything is processed: for data that "
                    + "has an end.")
    private boolean stopOnEof;

    @UriParam(
            label = "consumer",
            description =
                    "Only one consumer on this machine reads the FIFO, in whatever process or Camel context. Others "
                            + "with this option stand by, and one of them takes over when the reader stops or dies.")
    private boolean exclusive;

    @UriParam(
            label = "consumer",
            description =
                    "With exclusive=true: the file that the reader locks, on a local disk. By default the path of the "
                            + "FIFO, with its links resolved, and .lock after it.")
    private String lockFile;

    @UriParam(
            label = "consumer",
            description = "The path is a folder, and the consumer reads every FIFO in it whose file name matches this "
                    + "pattern (a glob): those that are there, and those that come.")
    private String include;

    @UriParam(label = "consumer", description = "With include: a pattern (a glob) of file names to leave out.")
    private String exclude;

    @UriParam(
            label = "producer",
            defaultValue = "WAIT",
            description = "What happens to a message when no process has the FIFO open for reading. WAIT: it waits up "
                    + "to readerTimeout. FAIL: it fails at once. DISCARD: it is thrown away, counted, and marked "
                    + "with a header.")
    private NoReader noReader = NoReader.WAIT;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for a reader, from its arrival. Then it fails with a "
                    + "NoReaderException. 0 = for ever.")
    private long readerTimeout = DEFAULT_TIMEOUT;

    @UriParam(
            label = "producer",
            defaultValue = "WAIT",
            description = "What happens to a message when the pipe has no room for its first byte. WAIT: it waits up "
                    + "to writeTimeout. FAIL: it fails at once. DISCARD: it is thrown away, counted, and marked with "
                    + "a header.")
    private WhenFull whenFull = WhenFull.WAIT;

    @UriParam(
            label = "producer",
            defaultValue = "30000",
            javaType = "java.time.Duration",
            description = "How long a message waits for room in the pipe without any progress (in the queue: from its "
                    + "arrival). Then it fails with a PipeFullException. 0 = for ever.")
    private long writeTimeout = DEFAULT_TIMEOUT;

    @UriParam(
            label = "producer",
            defaultValue = "PASS",
            description = "What happens to a body that has the delimiter before its end. PASS: it is written as it is, "
                    + "and its reader sees several frames. FAIL: it is refused before a byte is written.")
    private EmbeddedDelimiter embeddedDelimiter = EmbeddedDelimiter.PASS;

    @UriParam(
            label = "producer",
            defaultValue = "BEST_EFFORT",
            description = "How frames of more than 4096 bytes (PIPE_BUF) are kept apart from those of other processes. "
                    + "The kernel never splits smaller ones. BEST_EFFORT: they can mix. LOCK: every frame is written "
                    + "under flock(2) on the FIFO. STRICT: they are refused.")
    private Atomicity atomicity = Atomicity.BEST_EFFORT;

    @UriParam(
            label = "advanced",
            description = "Whether the producer waits in the caller's thread instead of answering asynchronously.")
    @Metadata(defaultValue = "false")
    private boolean synchronous;

    /** {@return a configuration with the same values, independent of this one} */
    public FifoConfiguration copy() {
        try {
            return (FifoConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    /** {@return whether the FIFO is made when nothing is at the path} */
    public boolean isAutoCreate() {
        return autoCreate;
    }

    /**
     * Sets whether the FIFO is made when nothing is at the path.
     * @param autoCreate true: the FIFO and missing folders above it are made
     */
    public void setAutoCreate(boolean autoCreate) {
        this.autoCreate = autoCreate;
    }

    /** {@return the permissions of a FIFO that the component makes} */
    public String getPermissions() {
        return permissions;
    }

    /**
     * Sets the permissions of a FIFO that the component makes.
     * @param permissions such as rw-rw---- or 660
     */
    public void setPermissions(String permissions) {
        this.permissions = permissions;
    }

    /** {@return the owner of a FIFO that the component makes; null when not given} */
    public String getOwner() {
        return owner;
    }

    /**
     * Sets the owner of a FIFO that the component makes.
     * @param owner a name or number
     */
    public void setOwner(String owner) {
        this.owner = owner;
    }

    /** {@return the group of a FIFO that the component makes; null when not given} */
    public String getGroup() {
        return group;
    }

    /**
     * Sets the group of a FIFO that the component makes.
     * @param group a name or number
     */
    public void setGroup(String group) {
        this.group = group;
    }

    /** {@return whether the FIFO is removed when its last user in this context stops} */
    public boolean isDeleteOnStop() {
        return deleteOnStop;
    }

    /**
     * Sets whether the FIFO is removed when its last user in this context stops.
     * @param deleteOnStop true: the FIFO is removed
     */
    public void setDeleteOnStop(boolean deleteOnStop) {
        this.deleteOnStop = deleteOnStop;
    }

    /** {@return whether to refuse a FIFO that another user could have put there} */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Sets whether to refuse a FIFO that another user could have put there.
     * @param strict true: the FIFO is refused
     */
    public void setStrict(boolean strict) {
        this.strict = strict;
    }

    /** {@return how bytes become messages, and messages become bytes} */
    public Framing getFraming() {
        return framing;
    }

    /**
     * Sets how bytes become messages, and messages become bytes.
     * @param framing one of the framings
     */
    public void setFraming(Framing framing) {
        this.framing = framing;
    }

    /** {@return the delimiter of DELIMITED, escaped; null when not given} */
    public String getDelimiter() {
        return delimiter;
    }

    /**
     * Sets the delimiter of DELIMITED, escaped.
     * @param delimiter one or more characters, escaped
     */
    public void setDelimiter(String delimiter) {
        this.delimiter = delimiter;
    }

    /** {@return the size of each frame of FIXED; null when not given} */
    public String getFrameLength() {
        return frameLength;
    }

    /**
     * Sets the size of each frame of FIXED.
     * @param frameLength bytes, or with k, m or g
     */
    public void setFrameLength(String frameLength) {
        this.frameLength = frameLength;
    }

    /** {@return the size of the length before each frame of LENGTH_PREFIXED, in bytes} */
    public int getLengthFieldSize() {
        return lengthFieldSize;
    }

    /**
     * Sets the size of the length before each frame of LENGTH_PREFIXED, in bytes.
     * @param lengthFieldSize 1, 2 or 4 bytes
     */
    public void setLengthFieldSize(int lengthFieldSize) {
        this.lengthFieldSize = lengthFieldSize;
    }

    /** {@return the charset of text bodies and delimiters} */
    public String getCharset() {
        return charset;
    }

    /**
     * Sets the charset of text bodies and delimiters.
     * @param charset the name of a charset
     */
    public void setCharset(String charset) {
        this.charset = charset;
    }

    /** {@return the largest frame accepted, without its delimiter} */
    public String getMaxFrameLength() {
        return maxFrameLength;
    }

    /**
     * Sets the largest frame accepted, without its delimiter.
     * @param maxFrameLength bytes, or with k, m or g
     */
    public void setMaxFrameLength(String maxFrameLength) {
        this.maxFrameLength = maxFrameLength;
    }

    /** {@return the capacity to ask the kernel for; null when not given} */
    public String getPipeCapacity() {
        return pipeCapacity;
    }

    /**
     * Sets the capacity to ask the kernel for.
     * @param pipeCapacity bytes, or with k, m or g
     */
    public void setPipeCapacity(String pipeCapacity) {
        this.pipeCapacity = pipeCapacity;
    }

    /** {@return within how many milliseconds a change at the path is noticed; 0: never} */
    public long getCheckInterval() {
        return checkInterval;
    }

    /**
     * Sets within how many milliseconds a change at the path is noticed.
     * @param checkInterval milliseconds; 0: never look
     */
    public void setCheckInterval(long checkInterval) {
        this.checkInterval = checkInterval;
    }

    /** {@return the path of the FIFO for replies; null when not given} */
    public String getReplyTo() {
        return replyTo;
    }

    /**
     * Sets the path of the FIFO for replies.
     * @param replyTo absolute or relative to the working directory
     */
    public void setReplyTo(String replyTo) {
        this.replyTo = replyTo;
    }

    /** {@return how many milliseconds a request waits for its reply} */
    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * Sets how many milliseconds a request waits for its reply.
     * @param requestTimeout milliseconds
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    /** {@return the most bytes of one read} */
    public String getChunkSize() {
        return chunkSize;
    }

    /**
     * Sets the most bytes of one read.
     * @param chunkSize bytes, or with k, m or g
     */
    public void setChunkSize(String chunkSize) {
        this.chunkSize = chunkSize;
    }

    /** {@return the most frames of a message} */
    public int getMaxBatchSize() {
        return maxBatchSize;
    }

    /**
     * Sets the most frames of a message.
     * @param maxBatchSize 1, or more for batches
     */
    public void setMaxBatchSize(int maxBatchSize) {
        this.maxBatchSize = maxBatchSize;
    }

    /** {@return what happens to a frame over {@code maxFrameLength}} */
    public OversizedFrame getOversizedFrame() {
        return oversizedFrame;
    }

    /**
     * Sets what happens to a frame over {@code maxFrameLength}.
     * @param oversizedFrame skip it, cut it, or deliver it in pieces
     */
    public void setOversizedFrame(OversizedFrame oversizedFrame) {
        this.oversizedFrame = oversizedFrame;
    }

    /** {@return whether empty frames are left out} */
    public boolean isSkipEmptyFrames() {
        return skipEmptyFrames;
    }

    /**
     * Sets whether empty frames are left out.
     * @param skipEmptyFrames true: they are left out
     */
    public void setSkipEmptyFrames(boolean skipEmptyFrames) {
        this.skipEmptyFrames = skipEmptyFrames;
    }

    /** {@return the type of bodies} */
    public BodyType getBodyType() {
        return bodyType;
    }

    /**
     * Sets the type of bodies.
     * @param bodyType text, bytes, or as the framing says
     */
    public void setBodyType(BodyType bodyType) {
        this.bodyType = bodyType;
    }

    /** {@return when bytes leave the kernel's pipe} */
    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    /**
     * Sets when bytes leave the kernel's pipe.
     * @param acknowledge when they are read, or when the exchange is done
     */
    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    /** {@return what happens to a message whose exchange fails, with ON_COMPLETION} */
    public OnFailure getOnFailure() {
        return onFailure;
    }

    /**
     * Sets what happens to a message whose exchange fails, with ON_COMPLETION.
     * @param onFailure skip the message, or route it again
     */
    public void setOnFailure(OnFailure onFailure) {
        this.onFailure = onFailure;
    }

    /** {@return how many milliseconds after its failure a message is routed again, with RETRY} */
    public long getRetryDelay() {
        return retryDelay;
    }

    /**
     * Sets how many milliseconds after its failure a message is routed again, with RETRY.
     * @param retryDelay milliseconds
     */
    public void setRetryDelay(long retryDelay) {
        this.retryDelay = retryDelay;
    }

    /** {@return whether the route stops when the last writer has closed} */
    public boolean isStopOnEof() {
        return stopOnEof;
    }

    /**
     * Sets whether the route stops when the last writer has closed.
     * @param stopOnEof true: it stops
     */
    public void setStopOnEof(boolean stopOnEof) {
        this.stopOnEof = stopOnEof;
    }

    /** {@return whether only one consumer on this machine reads the FIFO} */
    public boolean isExclusive() {
        return exclusive;
    }

    /**
     * Sets whether only one consumer on this machine reads the FIFO.
     * @param exclusive true: others stand by
     */
    public void setExclusive(boolean exclusive) {
        this.exclusive = exclusive;
    }

    /** {@return the path of the file that an exclusive reader locks; null for the path of the FIFO and .lock} */
    public String getLockFile() {
        return lockFile;
    }

    /**
     * Sets the file that an exclusive reader locks.
     * @param lockFile its path, on a local disk
     */
    public void setLockFile(String lockFile) {
        this.lockFile = lockFile;
    }

    /** {@return the pattern of the file names in the folder that is read; null for a single FIFO} */
    public String getInclude() {
        return include;
    }

    /**
     * Sets which FIFOs of a folder are read.
     * @param include a glob of file names, such as *.fifo
     */
    public void setInclude(String include) {
        this.include = include;
    }

    /** {@return the pattern of the file names to leave out; null for none} */
    public String getExclude() {
        return exclude;
    }

    /**
     * Sets which FIFOs of a folder are left out.
     * @param exclude a glob of file names
     */
    public void setExclude(String exclude) {
        this.exclude = exclude;
    }

    /** {@return what happens to a message when no process reads} */
    public NoReader getNoReader() {
        return noReader;
    }

    /**
     * Sets what happens to a message when no process reads.
     * @param noReader wait, fail or discard
     */
    public void setNoReader(NoReader noReader) {
        this.noReader = noReader;
    }

    /** {@return how many milliseconds a message waits for a reader; 0: for ever} */
    public long getReaderTimeout() {
        return readerTimeout;
    }

    /**
     * Sets how many milliseconds a message waits for a reader.
     * @param readerTimeout milliseconds; 0: for ever
     */
    public void setReaderTimeout(long readerTimeout) {
        this.readerTimeout = readerTimeout;
    }

    /** {@return what happens to a message when the pipe is full} */
    public WhenFull getWhenFull() {
        return whenFull;
    }

    /**
     * Sets what happens to a message when the pipe is full.
     * @param whenFull wait, fail or discard
     */
    public void setWhenFull(WhenFull whenFull) {
        this.whenFull = whenFull;
    }

    /** {@return how many milliseconds a message waits for room; 0: for ever} */
    public long getWriteTimeout() {
        return writeTimeout;
    }

    /**
     * Sets how many milliseconds a message waits for room.
     * @param writeTimeout milliseconds; 0: for ever
     */
    public void setWriteTimeout(long writeTimeout) {
        this.writeTimeout = writeTimeout;
    }

    /** {@return what happens to a body that has the delimiter before its end} */
    public EmbeddedDelimiter getEmbeddedDelimiter() {
        return embeddedDelimiter;
    }

    /**
     * Sets what happens to a body that has the delimiter before its end.
     * @param embeddedDelimiter write it as it is, or refuse it
     */
    public void setEmbeddedDelimiter(EmbeddedDelimiter embeddedDelimiter) {
        this.embeddedDelimiter = embeddedDelimiter;
    }

    /** {@return how frames are kept apart from those of other processes} */
    public Atomicity getAtomicity() {
        return atomicity;
    }

    /**
     * Sets how frames are kept apart from those of other processes.
     * @param atomicity let large frames mix, lock, or refuse them
     */
    public void setAtomicity(Atomicity atomicity) {
        this.atomicity = atomicity;
    }

    /** {@return whether a reading end is kept open that is never read} */
    public boolean isHoldOpen() {
        return holdOpen;
    }

    /**
     * Sets whether a reading end is kept open that is never read.
     * @param holdOpen true: it is
     */
    public void setHoldOpen(boolean holdOpen) {
        this.holdOpen = holdOpen;
    }

    /** {@return whether the producer waits in the caller's thread} */
    public boolean isSynchronous() {
        return synchronous;
    }

    /**
     * Sets whether the producer waits in the caller's thread.
     * @param synchronous true: it waits
     */
    public void setSynchronous(boolean synchronous) {
        this.synchronous = synchronous;
    }
}
