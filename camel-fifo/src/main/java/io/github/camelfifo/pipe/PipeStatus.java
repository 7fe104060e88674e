package io.github.camelfifo.pipe;

/**
 * What a pipe is like at one moment, for those who watch it. {@link PipeReader} and {@link PipeWriter} tell it.
 *
 * @param inode of the FIFO
 * @param bytes how many are in the pipe and not done
 * @param capacity how many it can hold
 */
public record PipeStatus(long inode, long bytes, long capacity) {}
