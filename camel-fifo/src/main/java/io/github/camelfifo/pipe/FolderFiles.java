package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The files of a {@link PipeFolder}: which FIFO each name stands for, and which FIFOs cannot be opened for now. A change
 * says only which name to look at; what is there now decides, so the order and the loss of events do not matter. Guarded
 * by the folder's lock.
 */
final class FolderFiles {

    private final ReaderClaims claims;
    private final NamedPipe place;
    private final Predicate<String> wanted;
    private final PipeFolder.User user;
    private final Consumer<String> recheck;
    private final FolderNames names = new FolderNames();
    /** Why FIFOs are not open, by their names. */
    private final Map<String, String> refused = new HashMap<>();
    /** The names of those that wait for a free descriptor. */
    private final Set<String> starving = new LinkedHashSet<>();

    /** One look at several names. */
    private record Look(Folder folder, SpareDescriptors spare, Set<FileIdentity> losers) {}

    /**
     * Knows no file yet.
     *
     * @param wanted which names to look at
     * @param recheck has a name looked at soon; any thread calls it, and it locks nothing
     */
    FolderFiles(
            ReaderClaims claims,
            NamedPipe place,
            Predicate<String> wanted,
            PipeFolder.User user,
            Consumer<String> recheck) {
        this.claims = claims;
        this.place = place;
        this.wanted = wanted;
        this.user = user;
        this.recheck = recheck;
    }

    /** All names that mean something. */
    Set<String> names() {
        Set<String> all = new HashSet<>(names.all());
        all.addAll(refused.keySet());
        all.addAll(starving);
        return all;
    }

    /** The names of FIFOs that wait for a free descriptor, in a new list. */
    List<String> starving() {
        return List.copyOf(starving);
    }

    /** Another folder is looked at from now on. */
    void clear() {
        names.clear();
        refused.clear();
        starving.clear();
    }

    /** First the FIFOs that are there, so that one that has only changed its name does not leave. */
    void look(Folder folder, Collection<String> changed) {
        int waiting = starving.size();
        Set<FileIdentity> losers = new LinkedHashSet<>();
        try (SpareDescriptors spare = new SpareDescriptors(folder)) {
            Look look = new Look(folder, spare, losers);
            for (String name : changed) {
                if (!name.isEmpty() && wanted.test(name)) {
                    look(look, name);
                }
            }
        }
        for (FileIdentity fifo : losers) {
            String first = names.first(fifo);
            if (first == null) {
                user.left(fifo);
            } else {
                boolean unused = user.named(fifo, first);
            }
        }
        if ((waiting == 0) != starving.isEmpty()) {
            user.starving(starving.size());
        }
    }

    /** Notes that a file cannot be opened, and tells it once. */
    void refuse(String name, Exception reason) {
        starving.remove(name);
        String why = String.valueOf(reason.getMessage());
        if (!why.equals(refused.put(name, why))) {
            user.refused(name, why);
        }
    }

    private void look(Look look, String name) {
        if (look.spare().areUsedUp()) {
            starve(name);
            return;
        }
        NamedPipe pipe = place.in(name);
        try (Descriptor found = look.folder().openNoFollow(name, pipe.path())) {
            FileStatus status = found.status();
            if (status.isFifo()) {
                found(look, name, pipe, found);
            } else {
                gone(look, name);
            }
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                gone(look, name);
            } else {
                failed(look, name, e);
            }
        }
    }

    private void found(Look look, String name, NamedPipe pipe, Descriptor found) throws ErrnoException {
        FileIdentity fifo = found.status().identity();
        FileIdentity loser = names.put(name, fifo);
        if (loser != null) {
            look.losers().add(loser);
        }
        if (user.named(fifo, names.first(fifo)) || opened(look, name, pipe, found)) {
            refused.remove(name);
            starving.remove(name);
        } else {
            FileIdentity unused = names.remove(name);
        }
    }

    private boolean opened(Look look, String name, NamedPipe pipe, Descriptor found) throws ErrnoException {
        FileIdentity fifo = found.status().identity();
        try {
            pipe.check(found);
            look.spare().hold();
            user.open(name, pipe, found);
            return true;
        } catch (ErrnoException e) {
            failed(look, name, e);
        } catch (IOException e) {
            refuse(name, e);
        } catch (IllegalStateException e) {
            if (!user.isOwn(fifo)) {
                refuse(name, e);
            }
            claims.whenReleased(fifo, () -> recheck.accept(name));
        }
        return false;
    }

    private void failed(Look look, String name, ErrnoException reason) {
        if (look.spare().areUsedUp(reason)) {
            starve(name);
        } else {
            refuse(name, reason);
        }
    }

    /** One that is open stays so. */
    private void starve(String name) {
        if (!names.all().contains(name)) {
            refused.remove(name);
            starving.add(name);
        }
    }

    private void gone(Look look, String name) {
        refused.remove(name);
        starving.remove(name);
        FileIdentity loser = names.remove(name);
        if (loser != null) {
            look.losers().add(loser);
        }
    }
}
