/**
 * Bytes and messages: how the bytes of a pipe become frames, and messages become bytes.
 *
 * <p>{@link io.github.camelfifo.frame.Framing} is the way in: it makes a {@link io.github.camelfifo.frame.FrameDecoder}
 * for the reading side and a {@link io.github.camelfifo.frame.FrameEncoder} for the writing side. A framing is one
 * class for each direction; another framing is two more classes and one more constant.
 *
 * <p>Nothing in here does I/O, knows a file descriptor, or imports anything but {@code java.*}: whoever owns the pipe
 * reads and writes, and everything here can be fed byte by byte in a test.
 */
package io.github.camelfifo.frame;
