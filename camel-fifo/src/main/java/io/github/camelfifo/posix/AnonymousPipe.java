package io.github.camelfifo.posix;

/**
 * A pipe without a name, of this process alone, for copies and tries.
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
