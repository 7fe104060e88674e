package io.github.camelfifo.posix;

/**
 * The native library for system calls cannot be loaded; {@link Posix#system()} throws it. The message says in one
 * sentence why and what to set; the cause is the loader's exception, usually an {@link Error}. No later attempt in the
 * same process succeeds.
 */
public class NativeLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
