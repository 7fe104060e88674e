package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Names that could not be looked at, because there was no free descriptor. */
    private final Set<String> unseen = new LinkedHashSet<>();
    /** The names of FIFOs that another reader has; any thread removes. */
    private final Map<FileIdentity, Set<String>> awaited = new ConcurrentHashMap<>();

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
        all.addAll(toLookAt());
        return all;
    }

    /** How many FIFOs wait for a free descriptor. */
    int waiting() {
        return starving.size();
    }

    /** The names to look at again in each interval, in a new list. */
    List<String> toLookAt() {
        List<String> all = new ArrayList<>(starving);
        all.addAll(unseen);
        return all;
    }

    /** Another folder is looked at from now on, or none. */
    void clear() {
        names.clear();
        refused.clear();
        starving.clear();
        unseen.clear();
        awaited.keySet().forEach(fifo -> claims.forget(fifo, this));
        awaited.clear();
    }

    /**
     * Looks at names. First come the FIFOs that are there, so that one that has only changed its name does not leave.
     *
     * @return whether all were seen; otherwise some want another look
     */
    boolean look(Folder folder, Collection<String> changed) {
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
        return unseen.isEmpty();
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
        NamedPipe pipe = place.in(name);
        unseen.remove(name);
        try (Descriptor found = look.folder().openNoFollow(name, pipe.path())) {
            FileStatus status = found.status();
            if (status.isFifo()) {
                found(look, name, pipe, found, status.identity());
            } else {
                gone(look, name);
            }
        } catch (ErrnoException e) {
            if (e.errno() == Errno.ENOENT) {
                gone(look, name);
            } else if (look.spare().areUsedUp(e)) {
                // nobody knows what it is; the spare descriptors are free now, for the other names
                unseen.add(name);
            } else {
                refuse(name, e);
            }
        }
    }

    private void found(Look look, String name, NamedPipe pipe, Descriptor found, FileIdentity fifo) {
        String first = names.first(fifo);
        if (user.named(fifo, first == null ? name : first) || opened(look, name, pipe, found, fifo)) {
            refused.remove(name);
            starving.remove(name);
            addTo(look.losers(), names.put(name, fifo));
        } else {
            addTo(look.losers(), names.remove(name));
        }
    }

    private boolean opened(Look look, String name, NamedPipe pipe, Descriptor found, FileIdentity fifo) {
        boolean isOwn = user.isOwn(fifo);
        try {
            if (look.spare().areUsedUp()) {
                starve(name);
                return false;
            }
            pipe.check(found);
            look.spare().hold();
            user.open(name, pipe, found);
            return true;
        } catch (ErrnoException e) {
            if (look.spare().areUsedUp(e)) {
                starve(name);
            } else {
                refuse(name, e);
            }
        } catch (IOException e) {
            refuse(name, e);
        } catch (IllegalStateException e) {
            if (!isOwn) {
                refuse(name, e);
            }
            await(name, fifo);
        }
        return false;
    }

    /** Another reader has the FIFO, or this one is closing it: the name is looked at again when it is free. */
    private void await(String name, FileIdentity fifo) {
        awaited.compute(fifo, (unused, known) -> {
            Set<String> all = known == null ? ConcurrentHashMap.newKeySet() : known;
            all.add(name);
            return all;
        });
        claims.whenReleased(fifo, this, () -> released(fifo));
    }

    /** Any thread calls this, under any lock. */
    private void released(FileIdentity fifo) {
        Set<String> free = awaited.remove(fifo);
        if (free != null) {
            free.forEach(recheck);
        }
    }

    private void starve(String name) {
        refused.remove(name);
        starving.add(name);
    }

    private void gone(Look look, String name) {
        refused.remove(name);
        starving.remove(name);
        addTo(look.losers(), names.remove(name));
    }

    private static void addTo(Set<FileIdentity> losers, FileIdentity loser) {
        if (loser != null) {
            losers.add(loser);
        }
    }
}
