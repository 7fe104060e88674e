/**
 * Turns the bytes of a pipe into frames, and messages into bytes.
 *
 * <p>The endpoint begins with {@link io.github.camelfifo.frame.Framing}, which makes a
 * {@link io.github.camelfifo.frame.FrameDecoder} for reading and a {@link io.github.camelfifo.frame.FrameEncoder} for
 * writing. A framing is one class for each direction; another framing is two more classes and one more constant.
 *
 * <p>For reading, three classes have one task each: the framing's decoder finds where a frame ends, a
 * {@code FrameAssembly} decides about a frame that is too long, and a {@code BodyDecoder} makes the body.
 *
 * <p>No class here does I/O, knows a file descriptor, or imports from outside of {@code java.*}: the owner of the pipe
 * reads and writes, and a test can feed everything byte by byte.
 */
package io.github.camelfifo.frame;
