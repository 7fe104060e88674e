package io.github.camelfifo.posix;

/**
 * The native library that makes the system calls cannot be loaded: {@link Posix#system()} throws it. The message is one
 * sentence that says why and what to set; the cause is what the loader threw, mostly an {@link Error}. No later attempt in
 * the same process succeeds.
 */
public class NativeLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
