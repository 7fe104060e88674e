package io.github.camelfifo.posix;

import java.util.function.Supplier;
import jnr.ffi.LibraryLoader;
import jnr.posix.POSIXFactory;

/** The C library as jnr loads it, once for this process. */
final class NativeLibrary {

    private NativeLibrary() {}

    /**
     * Loads it, if nobody has yet.
     *
     * @return the one instance
     * @throws NativeLibraryException each time, when it could not be loaded the first time
     */
    static Posix posix() {
        return Loaded.POSIX.get();
    }

    private static Supplier<Posix> load() {
        try {
            Posix posix = new Posix(POSIXFactory.getNativePOSIX(), libc());
            return () -> posix;
        } catch (RuntimeException | LinkageError e) {
            String sentence = new LoadFailure(e).sentence();
            return () -> {
                throw new NativeLibraryException(sentence, e);
            };
        }
    }

    /**
     * By its soname: this process has that library open already. For the name {@code c}, jnr-ffi would look through folders
     * and take the first file with a fitting name, be it of another CPU.
     */
    private static LibC libc() {
        return LibraryLoader.create(LibC.class).failImmediately().load(POSIXFactory.STANDARD_C_LIBRARY_NAME);
    }

    /** Holds a failure too: a class that has failed to initialise says only once why. */
    private static final class Loaded {
        static final Supplier<Posix> POSIX = load();
    }
}
