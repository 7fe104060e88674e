package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who uses which named pipe, so that the last one to go can remove it. Thread-safe. */
public final class PipeUses {

    private final Posix posix;
    /** Guarded by this. */
    private final Map<String, Users> byPath = new HashMap<>();

    /**
     * No users yet.
     *
     * @param posix the system calls
     */
    public PipeUses(Posix posix) {
        this.posix = posix;
    }

    /**
     * One more user of a path.
     *
     * @param  pipe   the path; nothing is made or opened yet
     * @param  delete whether the FIFO is to be removed when the last user of the path has gone
     * @return        to be closed
     */
    public synchronized PipeUse begin(NamedPipe pipe, boolean delete) {
        byPath.computeIfAbsent(pipe.path(), path -> new Users()).count++;
        return new PipeUse(this, pipe, delete);
    }

    /** Keeps a descriptor of a FIFO that is to be removed, so that it can be told from one that comes later. */
    synchronized void keep(NamedPipe pipe, Descriptor used) {
        byPath.get(pipe.path()).toDelete.add(used);
    }

    synchronized void end(NamedPipe pipe) throws IOException {
        Users users = byPath.get(pipe.path());
        users.count--;
        if (users.count > 0) {
            return;
        }
        byPath.remove(pipe.path());
        try {
            for (Descriptor used : users.toDelete) {
                pipe.delete(posix.status(used).identity());
            }
        } finally {
            users.toDelete.forEach(Descriptor::close);
        }
    }

    private static final class Users {
        private final List<Descriptor> toDelete = new ArrayList<>();
        private int count;
    }
}
