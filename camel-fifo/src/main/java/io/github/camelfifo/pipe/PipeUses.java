package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows the users of each named pipe, so that the last user can remove it. Consumers and producers begin their use
 * here, and report here when they change to another FIFO. Thread-safe.
 */
public final class PipeUses {

    /** Guarded by this. */
    private final Map<String, Users> byPath = new HashMap<>();

    /**
     * Adds a user of a path.
     *
     * @param pipe the path; nothing is made or opened yet
     * @param delete whether to remove the FIFO when the path no longer has users
     * @return the use, to be closed
     */
    public synchronized PipeUse begin(NamedPipe pipe, boolean delete) {
        byPath.computeIfAbsent(pipe.path(), path -> new Users()).count++;
        return new PipeUse(pipe, delete ? found -> keep(pipe, found) : Descriptor::close, () -> end(pipe));
    }

    /** Keeps a descriptor of a FIFO that will be removed: while it is open, no other file gets this inode. */
    private synchronized void keep(NamedPipe pipe, Descriptor used) {
        byPath.get(pipe.path()).toDelete.add(used);
    }

    /**
     * The users of the path have changed to another FIFO: the last user removes this one instead.
     *
     * @param pipe the path; does nothing without users
     * @param found a descriptor of the FIFO
     * @throws IOException when the FIFO cannot be held open
     */
    public synchronized void moved(NamedPipe pipe, Descriptor found) throws IOException {
        Users users = byPath.get(pipe.path());
        if (users != null
                && !users.toDelete.isEmpty()
                && !users.isLast(found.status().identity())) {
            Descriptor last = found.openInode();
            users.toDelete.forEach(Descriptor::close);
            users.toDelete.clear();
            users.toDelete.add(last);
        }
    }

    private synchronized void end(NamedPipe pipe) throws IOException {
        Users users = byPath.get(pipe.path());
        users.count--;
        if (users.count > 0) {
            return;
        }
        byPath.remove(pipe.path());
        try {
            for (Descriptor used : users.toDelete) {
                pipe.delete(used.status().identity());
            }
        } finally {
            users.toDelete.forEach(Descriptor::close);
        }
    }

    private static final class Users {
        private final List<Descriptor> toDelete = new ArrayList<>();
        private int count;

        /** Whether this is the FIFO that the path's last user removes. */
        private boolean isLast(FileIdentity fifo) throws IOException {
            return toDelete.size() == 1 && toDelete.get(0).status().identity().equals(fifo);
        }
    }
}
