package io.github.camelfifo;

import org.apache.camel.spi.Metadata;

/** Names of the headers that the component sets. */
public final class FifoConstants {

    /** {@code String}: the absolute path of the FIFO. */
    @Metadata(
            displayName = "Path",
            label = "consumer",
            description = "The absolute path of the FIFO.",
            javaType = "String")
    public static final String PATH = "CamelFifoPath";

    /** {@code long}: the message's number, from 1, since its consumer started. */
    @Metadata(
            displayName = "Sequence",
            label = "consumer",
            javaType = "long",
            description = "The number of the message, from 1, of its consumer since it started.")
    public static final String SEQUENCE = "CamelFifoSequence";

    /** {@code long}: which spell of writers the message came from, from 1. */
    @Metadata(
            displayName = "Session",
            label = "consumer",
            javaType = "long",
            description =
                    "Which spell of writers the message came from, counted from 1 since the consumer started. A spell"
                            + " ends when the last writer closes.")
    public static final String SESSION = "CamelFifoSession";

    /** {@code boolean}: true on a last frame that its writer did not end, otherwise not set. */
    @Metadata(
            displayName = "Incomplete",
            label = "consumer",
            javaType = "boolean",
            description = "True on a last frame that its writer did not end before it closed. Not set otherwise.")
    public static final String INCOMPLETE = "CamelFifoIncomplete";

    /** {@code long}: the full length of a truncated frame, otherwise not set. */
    @Metadata(
            displayName = "Truncated",
            label = "consumer",
            javaType = "long",
            description =
                    "The full length, in bytes and so far as known, of a frame of which the body is only the head, with"
                            + " oversizedFrame=TRUNCATE. Not set otherwise.")
    public static final String TRUNCATED = "CamelFifoTruncated";

    /** {@code long}: which piece of a split frame this is, from 0, otherwise not set. */
    @Metadata(
            displayName = "Fragment",
            label = "consumer",
            javaType = "long",
            description =
                    "Which piece of an oversized frame this is, counted from 0, with oversizedFrame=SPLIT. Not set"
                            + " otherwise.")
    public static final String FRAGMENT = "CamelFifoFragment";

    /** {@code boolean}: true on the last piece of a split frame, otherwise not set. */
    @Metadata(
            displayName = "Last fragment",
            label = "consumer",
            javaType = "boolean",
            description = "True on the last piece of an oversized frame, with oversizedFrame=SPLIT. Not set otherwise.")
    public static final String LAST_FRAGMENT = "CamelFifoLastFragment";

    /** {@code boolean}: true on a message that is routed again, otherwise not set. */
    @Metadata(
            displayName = "Redelivered",
            label = "consumer",
            javaType = "boolean",
            description = "True on a message that had failed and is routed again, with onFailure=RETRY. Not set"
                    + " otherwise.")
    public static final String REDELIVERED = "CamelFifoRedelivered";

    /** {@code boolean}: true when the message was thrown away, otherwise not set. */
    @Metadata(
            displayName = "Discarded",
            label = "producer",
            javaType = "boolean",
            description = "True when the message was thrown away because of noReader=DISCARD or"
                    + " whenFull=DISCARD. Not set otherwise.")
    public static final String DISCARDED = "CamelFifoDiscarded";

    /** {@code long}: how many bytes, with the delimiter, were written for the message. */
    @Metadata(
            displayName = "Bytes written",
            label = "producer",
            javaType = "long",
            description = "How many bytes, with the delimiter, were written for the message.")
    public static final String BYTES_WRITTEN = "CamelFifoBytesWritten";

    private FifoConstants() {}
}
