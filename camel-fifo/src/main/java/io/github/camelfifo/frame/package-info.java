/**
 * Bytes and messages: how the bytes of a pipe become frames, and messages become bytes.
 *
 * <p>{@link io.github.camelfifo.frame.Framing} is the way in: it makes a {@link io.github.camelfifo.frame.FrameDecoder}
 * for the reading side and a {@link io.github.camelfifo.frame.FrameEncoder} for the writing side. A framing is one
 * class for each direction; another framing is two more classes and one more constant.
 *
 * <p>In reading, three questions are answered in three places that know nothing of each other: where a frame ends, by
 * the framing's decoder; what becomes of one that is too long, by a {@code FrameAssembly}; what its body is, by a
 * {@code BodyDecoder}.
 *
 * <p>Nothing in here does I/O, knows a file descriptor, or imports anything but {@code java.*}: whoever owns the pipe
 * reads and writes, and everything here can be fed byte by byte in a test.
 */
package io.github.camelfifo.frame;
