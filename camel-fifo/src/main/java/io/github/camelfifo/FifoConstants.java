package io.github.camelfifo;

import org.apache.camel.spi.Metadata;

/** Names of the headers that the component sets, for routes. */
public final class FifoConstants {

    /** {@code String}: the absolute path of the FIFO. */
    @Metadata(
            displayName = "Path",
            label = "consumer",
            description = "The absolute path of the FIFO.",
            javaType = "String")
    public static final String PATH = "CamelFifoPath";

    /** {@code long}: the number of the message, counted from 1 since its consumer started. */
    @Metadata(
            displayName = "Sequence",
            label = "consumer",
            javaType = "long",
            description = "The number of the message, counted from 1 since its consumer started.")
    public static final String SEQUENCE = "CamelFifoSequence";

    /** {@code long}: the number of the session that the message came from, from 1. */
    @Metadata(
            displayName = "Session",
            label = "consumer",
            javaType = "long",
            description = "The number of the session that the message came from, counted from 1 since its consumer "
                    + "started. A session ends when the last writer closes.")
    public static final String SESSION = "CamelFifoSession";

    /** {@code boolean}: true on a last frame whose end is missing, otherwise not set. */
    @Metadata(
            displayName = "Incomplete",
            label = "consumer",
            javaType = "boolean",
            description = "True on a last frame when its writer closed before its end. Not set otherwise.")
    public static final String INCOMPLETE = "CamelFifoIncomplete";

    /** {@code long}: the full length of a truncated frame, otherwise not set. */
    @Metadata(
            displayName = "Truncated",
            label = "consumer",
            javaType = "long",
            description =
                    "With oversizedFrame=TRUNCATE, when the body is only the beginning of a frame: the full length "
                            + "of the frame, in bytes and as far as known. Not set otherwise.")
    public static final String TRUNCATED = "CamelFifoTruncated";

    /** {@code long}: the number of this piece of a split frame, from 0, otherwise not set. */
    @Metadata(
            displayName = "Fragment",
            label = "consumer",
            javaType = "long",
            description = "With oversizedFrame=SPLIT: the number of this piece of its frame, counted from 0. Not set "
                    + "otherwise.")
    public static final String FRAGMENT = "CamelFifoFragment";

    /** {@code boolean}: true on the last piece of a split frame, otherwise not set. */
    @Metadata(
            displayName = "Last fragment",
            label = "consumer",
            javaType = "boolean",
            description = "With oversizedFrame=SPLIT: true on the last piece of a frame. Not set otherwise.")
    public static final String LAST_FRAGMENT = "CamelFifoLastFragment";

    /** {@code boolean}: true on a message that is routed again, otherwise not set. */
    @Metadata(
            displayName = "Redelivered",
            label = "consumer",
            javaType = "boolean",
            description = "With onFailure=RETRY: true on a message that failed before and is routed again. Not set "
                    + "otherwise.")
    public static final String REDELIVERED = "CamelFifoRedelivered";

    /** {@code String}: the file name of the FIFO in its folder, with {@code include}, otherwise not set. */
    @Metadata(
            displayName = "Name",
            label = "consumer",
            javaType = "String",
            description = "With include: the file name of the FIFO that the message came from. Not set otherwise.")
    public static final String NAME = "CamelFifoName";

    /** {@code boolean}: true when the message was thrown away, otherwise not set. */
    @Metadata(
            displayName = "Discarded",
            label = "producer",
            javaType = "boolean",
            description = "True when the message was thrown away because of noReader=DISCARD or "
                    + "whenFull=DISCARD. Not set otherwise.")
    public static final String DISCARDED = "CamelFifoDiscarded";

    /** {@code long}: the number of bytes written for the message, with the delimiter. */
    @Metadata(
            displayName = "Bytes written",
            label = "producer",
            javaType = "long",
            description = "The number of bytes written for the message, with the delimiter.")
    public static final String BYTES_WRITTEN = "CamelFifoBytesWritten";

    private FifoConstants() {}
}
