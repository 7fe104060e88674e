package io.github.camelfifo.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.Variadic;
import jnr.posix.POSIXFactory;

/**
 * Files of another user, and doing things as one. Both take root's privileges; a test that needs them is skipped without.
 * The system call that changes the user is Linux's own and not the C library's: that would change all threads.
 */
public final class AnotherUser {

    /** The other user's number; nobody in most systems. */
    public static final int UID = 65534;

    private static final int UNCHANGED = -1;
    private static final long SETRESUID = "aarch64".equals(System.getProperty("os.arch")) ? 147 : 117;
    private static final SystemCall LIBC =
            LibraryLoader.create(SystemCall.class).load(POSIXFactory.STANDARD_C_LIBRARY_NAME);

    private AnotherUser() {}

    /** The C function of that name. Public only because jnr-ffi implements it. */
    public interface SystemCall {

        /** See syscall(2), for calls with three numbers. */
        @Variadic(fixedCount = 1)
        long syscall(long number, int first, int second, int third);
    }

    /** What is done. */
    @FunctionalInterface
    public interface Action {

        /** Does it. */
        void run() throws Exception;
    }

    /** Skips the test unless root runs it. */
    public static void assumeRoot() {
        assumeTrue(
                POSIXFactory.getNativePOSIX().geteuid() == 0, "Only root can give files away and become another user");
    }

    /** Gives a file, or a link itself, to the other user. */
    public static Path give(Path file) throws Exception {
        assumeRoot();
        Files.setAttribute(file, "unix:uid", UID, LinkOption.NOFOLLOW_LINKS);
        return file;
    }

    /** Does something as the other user, without root's privileges, in this thread and no other. */
    public static void act(Action action) throws Exception {
        assumeRoot();
        become(UID);
        try {
            action.run();
        } finally {
            become(0);
        }
    }

    private static void become(int uid) {
        if (LIBC.syscall(SETRESUID, UNCHANGED, uid, UNCHANGED) != 0) {
            throw new IllegalStateException("Cannot become user " + uid);
        }
    }
}
