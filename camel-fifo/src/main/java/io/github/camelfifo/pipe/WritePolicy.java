package io.github.camelfifo.pipe;

/**
 * How long a message may take. Applies until its first byte is in the pipe; a message once begun waits for a reader and
 * for room whatever {@code noReader} says, and only the two time limits end that.
 *
 * @param noReader            what to do when nobody reads
 * @param readerTimeoutMillis how long to wait for a reader, 0: for ever
 * @param writeTimeoutMillis  how long to wait for room, 0: for ever
 */
public record WritePolicy(NoReader noReader, long readerTimeoutMillis, long writeTimeoutMillis) {}
