package io.github.camelfifo.internal.pump;

/**
 * Where a FIFO is, as its messages tell it.
 *
 * @param path absolute
 * @param name the file name, for a FIFO of a folder; otherwise null
 */
public record PipeName(String path, String name) {}
