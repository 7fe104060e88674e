package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** A named pipe, as the one who runs the races sees it. */
final class Fifo {

    private static final int FOR_THIS_USER = 0600;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Path path;
    private final int capacity;

    /**
     * Makes it.
     *
     * @param capacity in bytes; 0 for what the kernel gives
     */
    Fifo(Path path, int capacity) throws ErrnoException {
        this.path = path;
        this.capacity = capacity;
        try (Folder folder = Posix.system().openFolder(path.getParent().toString())) {
            folder.mkfifo(path.getFileName().toString(), FOR_THIS_USER);
        }
    }

    Path path() {
        return path;
    }

    /** Opens it for writing, as soon as somebody has it open for reading. */
    Descriptor openForWriting() throws ErrnoException, TimeoutException {
        Posix posix = Posix.system();
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        try (Descriptor found = posix.openPath(path.toString())) {
            while (System.nanoTime() - deadline < 0) {
                Descriptor opened = tryToOpen(posix, found);
                if (opened != null) {
                    return opened;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw new TimeoutException("Nobody reads " + path);
    }

    private Descriptor tryToOpen(Posix posix, Descriptor found) throws ErrnoException {
        try {
            Descriptor opened = posix.reopenForWriting(found);
            if (capacity > 0) {
                posix.setCapacity(opened, capacity);
            }
            return opened;
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENXIO) {
                return null;
            }
            throw e;
        }
    }
}
