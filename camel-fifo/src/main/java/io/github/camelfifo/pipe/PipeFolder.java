package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.FileIdentity;
import io.github.camelfifo.posix.FileStatus;
import io.github.camelfifo.posix.Folder;
import io.github.camelfifo.posix.FolderChanges;
import io.github.camelfifo.posix.Inotify;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Finds the FIFOs in the folder at a path, and tells its user which come, go and change their names. The user opens them.
 * {@link Pipes} makes it.
 *
 * <p>
 * inotify(7) tells the names that change, and each of them is looked at: a change costs no look at other files. The folder
 * is watched before it is scanned, so that no FIFO is missed. It is scanned again after the kernel has lost events, and
 * in each interval when the kernel does not watch it. In each interval a look at the path finds another folder there.
 *
 * <p>
 * Thread-safe.
 */
public final class PipeFolder implements AutoCloseable {

    /**
     * Reads the FIFOs of the folder. One thread at a time calls it, and it must not wait. A FIFO is its device and inode,
     * see {@link FileIdentity}.
     */
    public interface User {

        /**
         * An open FIFO has this name now.
         *
         * @param fifo device and inode
         * @param name its file name, the first one when it has several
         * @return false when it is not open
         */
        boolean named(FileIdentity fifo, String name);

        /**
         * A FIFO has come.
         *
         * @param name its file name
         * @param pipe at that name
         * @param located to open it by; stays open
         * @throws IOException when it cannot be opened
         * @throws IllegalStateException when another reader has it
         */
        void open(String name, NamedPipe pipe, Descriptor located) throws IOException;

        /**
         * A FIFO no longer has a name in the folder.
         *
         * @param fifo device and inode, perhaps of one that is not open
         */
        void left(FileIdentity fifo);

        /** All FIFOs that were not {@link #named} or opened since the last call of this are no longer in the folder. */
        void othersLeft();

        /**
         * A FIFO cannot be opened; told once, until the reason changes.
         *
         * @param name its file name; empty when the folder cannot be listed
         * @param why in words
         */
        void refused(String name, String why);

        /**
         * There are no free descriptors; told once, until all FIFOs are open.
         *
         * @param count how many FIFOs wait; 0 when they are open
         */
        void starving(int count);

        /**
         * {@return whether the user itself has the FIFO, and is closing it}
         *
         * @param fifo device and inode
         */
        boolean isOwn(FileIdentity fifo);

        /** The kernel refuses to watch the folder, which is scanned in each interval instead. */
        void unwatched();

        /**
         * There is no usable folder at the path.
         *
         * @param why in words; null when there is one again
         */
        void lost(String why);

        /** Another folder is at the path. */
        void replaced();
    }

    private static final long RETRY_MILLIS = 1_000;

    private final Posix posix;
    private final PipeEngine engine;
    private final Path path;
    private final PipeOptions options;
    private final long intervalMillis;
    private final User user;
    private final FolderFiles files;
    private final Task task;
    private final WakeUp wakeUp;
    /** Names to look at for other reasons than an event; any thread adds. */
    private final Set<String> toRecheck = ConcurrentHashMap.newKeySet();

    /** Null while there is none. Guarded by this, like the fields below. */
    private Folder folder;

    private FileIdentity identity;
    /** Null when the kernel does not watch the folder. */
    private Inotify inotify;

    private Watch events;
    private boolean scanIsDue;
    private long nextLook;
    private String lost;
    private boolean closed;

    PipeFolder(
            PipeEngine engine,
            ReaderClaims claims,
            NamedPipe folder,
            Predicate<String> wanted,
            long intervalMillis,
            User user) {
        this.posix = engine.posix();
        this.engine = engine;
        this.path = Path.of(folder.path());
        this.options = folder.options();
        this.intervalMillis = intervalMillis;
        this.user = user;
        this.task = new Task(engine);
        this.wakeUp = new WakeUp(task);
        this.files = new FolderFiles(claims, folder, wanted, user, this::recheck);
    }

    /** Any thread calls this, under any lock. */
    private void recheck(String name) {
        toRecheck.add(name);
        task.schedule();
    }

    /**
     * Opens the folder, tells the user of the FIFOs in it, and follows it from now on.
     *
     * @throws IOException when there is no folder at the path, or when it cannot be opened; it is not followed then
     */
    public synchronized void open() throws IOException {
        openFolder();
        scan();
        task.schedule();
    }

    /** Follows the path from now on, and opens the folder as soon as it is there. */
    public void follow() {
        task.schedule();
    }

    /** {@return in words why there is no folder; null when there is one} */
    public synchronized String whyLost() {
        return lost;
    }

    /** {@return how many FIFOs wait for a free descriptor} */
    public synchronized int waiting() {
        return files.waiting();
    }

    /** Stops following for good; when this returns, the user is no longer called. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            files.clear();
        }
        task.close();
    }

    private synchronized void look() throws ErrnoException {
        if (closed) {
            return;
        }
        boolean folderChanges = takeEvents();
        long now = Clock.nanos();
        boolean due = now >= nextLook;
        if (due) {
            long interval = TimeUnit.MILLISECONDS.toNanos(intervalMillis == 0 ? RETRY_MILLIS : intervalMillis);
            nextLook = (now / interval + 1) * interval;
        }
        if ((due || folderChanges) && (intervalMillis > 0 || folder == null)) {
            lookAtPath();
        }
        if (folder != null) {
            recheck(due);
            if (scanIsDue || (due && inotify == null)) {
                scanOrTell();
            }
        }
        boolean looksAgain = intervalMillis > 0
                || folder == null
                || inotify == null
                || !files.toLookAt().isEmpty()
                || scanIsDue;
        wakeUp.at(looksAgain ? nextLook : Clock.NEVER);
    }

    /** Looks at the names of events; true when something has happened to the folder itself. */
    private boolean takeEvents() throws ErrnoException {
        if (inotify == null) {
            return false;
        }
        if (events == null) {
            events = engine.watch(task, inotify.descriptor());
        }
        FolderChanges changes = inotify.takeNames();
        boolean scans = scanIsDue || changes.lost();
        // if the look fails, its events are lost
        scanIsDue = true;
        boolean unused = files.look(folder, changes.names());
        scanIsDue = scans;
        events.arm(Epoll.IN);
        return changes.names().contains("");
    }

    /** Goes over to another folder at the path, if there is one. */
    private void lookAtPath() {
        FileStatus there = posix.statusAt(path.toString(), true);
        if (folder != null && there != null && there.identity().equals(identity)) {
            return;
        }
        boolean replaces = folder != null;
        leaveFolder();
        try {
            openFolder();
            scanIsDue = true;
            // arms the watch of the new folder
            task.schedule();
            if (replaces) {
                user.replaced();
            }
            tellLost(null);
        } catch (IOException e) {
            tellLost(e.getMessage());
        }
    }

    private void tellLost(String why) {
        if (!String.valueOf(why).equals(String.valueOf(lost))) {
            lost = why;
            user.lost(why);
        }
    }

    private void openFolder() throws IOException {
        Folder opened = PipePlace.openFolder(posix, path, options);
        try {
            identity = opened.status().identity();
        } catch (ErrnoException e) {
            opened.close();
            throw e;
        }
        folder = opened;
        try {
            inotify = posix.inotify(path.toString());
            inotify.watchFolder(opened);
        } catch (ErrnoException e) {
            closeInotify();
            user.unwatched();
        }
    }

    private void leaveFolder() {
        files.clear();
        user.othersLeft();
        closeFolder();
    }

    private void closeFolder() {
        closeInotify();
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    private void closeInotify() {
        if (events != null) {
            engine.cancel(events);
            events = null;
        }
        if (inotify != null) {
            inotify.close();
            inotify = null;
        }
    }

    /** Tries again in the next interval if that fails. */
    private void scanOrTell() {
        try {
            scan();
        } catch (IOException e) {
            files.refuse("", e);
        }
    }

    /** Looks at all names, and tells of the FIFOs that have gone. */
    private void scan() throws IOException {
        scanIsDue = true;
        Set<String> all = folder.names();
        all.addAll(files.names());
        if (files.look(folder, all)) {
            user.othersLeft();
            scanIsDue = false;
        }
    }

    private void recheck(boolean due) {
        Set<String> again = new LinkedHashSet<>();
        for (String name : List.copyOf(toRecheck)) {
            toRecheck.remove(name);
            again.add(name);
        }
        if (due) {
            again.addAll(files.toLookAt());
        }
        boolean unused = files.look(folder, again);
    }

    /** Runs on the engine, also while all workers are busy with routes. */
    private final class Task extends PipeTask {

        Task(PipeEngine engine) {
            super(engine);
        }

        @Override
        protected Outcome work(Worker worker) throws ErrnoException {
            look();
            return Outcome.WAIT;
        }

        @Override
        protected boolean isBrief() {
            return true;
        }

        @Override
        protected void release() {
            synchronized (PipeFolder.this) {
                closeFolder();
            }
        }
    }
}
