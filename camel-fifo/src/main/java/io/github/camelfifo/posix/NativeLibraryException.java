package io.github.camelfifo.posix;

/**
 * The native library that makes the system calls cannot be loaded. The message is one sentence that says why and what to
 * set; the cause is what the loader threw, an {@link Error} mostly. No later attempt in the same process succeeds.
 */
public class NativeLibraryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Says what is wrong and what mends it.
     *
     * @param message one sentence
     * @param cause what the loader threw
     */
    public NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
