package io.github.camelfifo.posix;

/**
 * A pipe without a name, of this process alone. {@code ScratchPipe} copies into it, and {@code WriteEvents} tries the
 * kernel with it.
 *
 * @param readingEnd non-blocking
 * @param writingEnd non-blocking
 */
public record AnonymousPipe(Descriptor readingEnd, Descriptor writingEnd) implements AutoCloseable {

    /** Closes both ends. */
    @Override
    public void close() {
        readingEnd.close();
        writingEnd.close();
    }
}
