package io.github.camelfifo.posix;

import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import jnr.ffi.LibraryLoader;
import jnr.posix.POSIXFactory;

/** Loads the C library through jnr, for {@link Posix#system()}. */
final class NativeLibrary {

    private NativeLibrary() {}

    static void requireLinux(String os) {
        if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) {
            throw new UnsupportedOperationException(
                    "Named pipes need Linux (epoll, /proc/self/fd); this system is " + os);
        }
    }

    /**
     * Loads the library, and gives the object that {@code maker} makes with it. It keeps a failure and throws it each
     * time, because jnr's classes say only once why they cannot be initialised.
     */
    static <T> Supplier<T> load(Function<SystemCalls, T> maker) {
        try {
            T made = maker.apply(new SystemCalls(POSIXFactory.getNativePOSIX(), libc()));
            return () -> made;
        } catch (RuntimeException | LinkageError e) {
            String sentence = new LoadFailure(e).sentence();
            return () -> {
                throw new NativeLibraryException(sentence, e);
            };
        }
    }

    /**
     * Loads the library by its soname, because this process has it open already. For the name {@code c}, jnr-ffi would
     * search folders and take the first file with a fitting name, even for another CPU.
     */
    private static LibC libc() {
        return LibraryLoader.create(LibC.class).failImmediately().load(POSIXFactory.STANDARD_C_LIBRARY_NAME);
    }
}
