package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Folder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Leaves the process some descriptors when the FIFOs of a folder need more than there are: open FIFOs need one for
 * moments, when they are opened again after their writers have gone. Held while FIFOs are opened. Not thread-safe.
 */
final class SpareDescriptors implements AutoCloseable {

    private static final int COUNT = 16;

    /** Loaded in time: a class file cannot be opened when there are no descriptors. */
    private static final Set<Errno> USED_UP = EnumSet.of(Errno.EMFILE, Errno.ENFILE);

    private final Folder folder;
    private final List<Descriptor> held = new ArrayList<>();
    private boolean usedUp;

    /**
     * Holds nothing yet.
     *
     * @param folder is opened again and again
     */
    SpareDescriptors(Folder folder) {
        this.folder = folder;
    }

    /**
     * Holds the descriptors, if it does not yet.
     *
     * @throws ErrnoException when there are too few
     */
    void hold() throws ErrnoException {
        while (held.size() < COUNT) {
            held.add(folder.open(".", folder.path()));
        }
    }

    /**
     * Gives them back if no other descriptor is left: then no further FIFO may be opened.
     *
     * @param failure why a FIFO, or one of these, could not be opened
     * @return whether that is so
     */
    boolean areUsedUp(ErrnoException failure) {
        usedUp |= USED_UP.contains(failure.errno());
        if (usedUp) {
            close();
        }
        return usedUp;
    }

    /** {@return whether no further FIFO may be opened} */
    boolean areUsedUp() {
        return usedUp;
    }

    @Override
    public void close() {
        held.forEach(Descriptor::close);
        held.clear();
    }
}
