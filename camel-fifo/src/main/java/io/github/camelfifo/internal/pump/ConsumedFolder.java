package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.PipeFolder;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all FIFOs in a folder; a consumer calls it. Each FIFO has its own pump, and the pumps take no turns: different
 * FIFOs deliver at the same time, and each of them one message at a time. A FIFO that has left the folder is read until its
 * last writer has closed.
 *
 * <p>
 * Thread-safe. The lock is that of {@link #pumps()}.
 */
public final class ConsumedFolder implements Consumed, PipeFolder.User {

    private static final Logger LOG = LoggerFactory.getLogger(ConsumedFolder.class);

    private final Pipes pipes;
    private final CarriedOver carriedOver;
    private final Reading reading;
    private final Predicate<String> names;
    private final Receivers receivers;
    private final String path;
    private final Pumps pumps = new Pumps(ConcurrentHashMap.newKeySet());
    /** Null while the folder is not followed; guarded by this. */
    private PipeFolder folder;

    /** All open FIFOs. Guarded by the pumps' lock, like the fields below. */
    private final Map<FileIdentity, FolderMember> open = new HashMap<>();
    /** Changes with each {@link #othersLeft}. */
    private long scan;

    private boolean closed;
    private boolean ended;

    /**
     * Opens the FIFOs in the folder, and makes the folder if the options say so.
     *
     * @param carriedOver keeps the messages that earlier readers left
     * @param reading with the path of the folder
     * @param names which file names are read
     * @param receivers get the messages
     * @throws IOException when there is no folder, or when it cannot be opened
     */
    public ConsumedFolder(
            Pipes pipes, CarriedOver carriedOver, Reading reading, Predicate<String> names, Receivers receivers)
            throws IOException {
        this.pipes = pipes;
        this.carriedOver = carriedOver;
        this.reading = reading;
        this.names = names;
        this.receivers = receivers;
        this.path = reading.pipe().path();
        folder = pipeFolder();
        try {
            folder.open();
            openHeld();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Pumps pumps() {
        return pumps;
    }

    @Override
    public synchronized void flow() {
        pumps.flow();
        boolean isClosed;
        synchronized (pumps) {
            isClosed = closed;
        }
        if (folder == null && !isClosed) {
            folder = pipeFolder();
            folder.follow();
        }
    }

    @Override
    public void pause() {
        pumps.pause();
    }

    @Override
    public synchronized String whyLost() {
        return folder == null ? null : folder.whyLost();
    }

    @Override
    public synchronized String whyIncomplete() {
        int waiting = folder == null ? 0 : folder.waiting();
        return waiting == 0 ? null : starving(waiting, path);
    }

    @Override
    public synchronized Map<String, Object> details() {
        int waiting = folder == null ? 0 : folder.waiting();
        synchronized (pumps) {
            return Map.of("fifos", open.size(), "waiting", waiting);
        }
    }

    private static String starving(int count, String path) {
        return count + " named pipes in " + path + " wait until this process may open more files (ulimit -n)";
    }

    /**
     * As {@link Consumed#drain}. It also delivers the unfinished last frame of a FIFO that has left the folder, unless the
     * FIFO is held open for a later reader.
     */
    @Override
    public CompletableFuture<Void> drain(boolean end, Consumer<IOException> failure) {
        stopFollowing();
        synchronized (pumps) {
            Set<FramePump> left = open.values().stream()
                    .filter(FolderMember::hasLeft)
                    .map(FolderMember::pump)
                    .collect(Collectors.toSet());
            boolean endLeft = end || !reading.holdsOpen().getAsBoolean();
            return pumps.drain(pump -> end || (endLeft && left.contains(pump)), failure);
        }
    }

    @Override
    public CompletableFuture<Void> drainRead() {
        stopFollowing();
        return pumps.drainRead();
    }

    @Override
    public void close() {
        synchronized (pumps) {
            // from now on no FIFO is opened
            closed = true;
        }
        stopFollowing();
        synchronized (pumps) {
            pumps.close();
            endIfClosed();
        }
    }

    /** Each FIFO is closed by itself, so only all of them together could be taken back. */
    @Override
    public boolean cancelClose() {
        return false;
    }

    @Override
    public void open(String name, NamedPipe pipe, Descriptor located) throws IOException {
        Descriptor descriptor = pipe.openForReading(located);
        synchronized (pumps) {
            if (closed) {
                descriptor.close();
                return;
            }
            FileIdentity fifo = located.status().identity();
            FolderMember member = new FolderMember(this, fifo, new PipeName(pipe.path(), name), scan);
            member.open(descriptor, reading.at(pipe));
            open.put(fifo, member);
            pumps.join(member.pump());
        }
        LOG.debug("Consuming from {}", pipe.path());
    }

    /** Reads FIFOs that have left the folder while no consumer read it, and that an earlier one has held open. */
    private void openHeld() {
        Set<FileIdentity> there;
        synchronized (pumps) {
            there = Set.copyOf(open.keySet());
        }
        for (Descriptor held : carriedOver.heldIn(path, there)) {
            try {
                String name = Path.of(held.path()).getFileName().toString();
                NamedPipe before = reading.pipe().in(name);
                FileIdentity fifo = held.status().identity();
                // one that is still there is refused for now, or another consumer's
                if (names.test(name) && before.whyNotAtPath(fifo) != null) {
                    open(name, before, held);
                    left(fifo);
                }
            } catch (IOException | IllegalStateException e) {
                LOG.warn("The named pipe that was at {} before cannot be read", held.path(), e);
            }
        }
    }

    @Override
    public boolean named(FileIdentity fifo, String name) {
        synchronized (pumps) {
            FolderMember member = open.get(fifo);
            return member != null && member.isNamed(new PipeName(pathOf(name), name), scan) && flows(member);
        }
    }

    /** A pump that has paused at its end goes on. */
    private boolean flows(FolderMember member) {
        pumps.flow(member.pump());
        return true;
    }

    @Override
    public void left(FileIdentity fifo) {
        synchronized (pumps) {
            FolderMember member = open.get(fifo);
            if (member != null) {
                leave(member);
            }
        }
    }

    @Override
    public void othersLeft() {
        synchronized (pumps) {
            List.copyOf(open.values()).stream()
                    .filter(member -> member.lastSeen() != scan)
                    .forEach(this::leave);
            scan++;
        }
    }

    private void leave(FolderMember member) {
        if (!member.hasLeft()) {
            long time = member.leave();
            Future<?> unused = pipes.engine()
                    .later(() -> expectNoMoreWriters(member, time), ConsumedPath.LAST_WRITERS_COME_MILLIS);
        }
    }

    /** Not when the FIFO came back and left once more since: then its last writers have their time again. */
    private void expectNoMoreWriters(FolderMember member, long time) {
        synchronized (pumps) {
            if (member.hasLeft() && member.timesLeft() == time && open.get(member.fifo()) == member) {
                member.pump().noMoreWriters(true);
            }
        }
    }

    @Override
    public void refused(String name, String why) {
        if (name.isEmpty()) {
            LOG.warn("{} cannot be listed for now: {}", path, why);
        } else {
            LOG.warn("{} in {} is not read for now: {}", name, path, why);
            receivers.statistics().failed(name + " in " + path + " is not read: " + why);
        }
    }

    @Override
    public boolean isOwn(FileIdentity fifo) {
        synchronized (pumps) {
            return open.containsKey(fifo);
        }
    }

    @Override
    public void replaced() {
        LOG.warn("{} was removed or replaced; the new folder is used from now on", path);
    }

    @Override
    public void unwatched() {
        LOG.warn("The kernel refuses to watch {} (inotify); it is scanned in each interval instead", path);
    }

    @Override
    public void starving(int count) {
        if (count > 0) {
            LOG.warn("{}; the others are read", starving(count, path));
        } else {
            LOG.info("All named pipes in {} are open again", path);
        }
    }

    @Override
    public void lost(String why) {
        if (why == null) {
            LOG.info("{} is a folder again", path);
        } else {
            LOG.warn("There is no usable folder at {}; waiting for one: {}", path, why);
            receivers.statistics().failed("There is no usable folder at " + path + ": " + why);
        }
    }

    Pipes pipes() {
        return pipes;
    }

    CarriedOver carriedOver() {
        return carriedOver;
    }

    Receivers receivers() {
        return receivers;
    }

    /** The pump of a FIFO has reached the end of its last session. */
    void ended(FolderMember member) {
        synchronized (pumps) {
            if (member.hasLeft()) {
                member.pump().close();
            } else {
                // it came back to the folder just before the end
                pumps.flow(member.pump());
            }
        }
    }

    boolean isInFolder(FolderMember member) {
        synchronized (pumps) {
            return !member.hasLeft();
        }
    }

    /** {@code use} is that of a FIFO that was held open before, or null. */
    void closed(FolderMember member, FramePump pump, PipeUse use) {
        receivers.closed(member.fifo());
        synchronized (pumps) {
            open.remove(member.fifo(), member);
            pumps.leave(pump);
            endIfClosed();
        }
        endUse(use, member.name().path());
        LOG.debug("Consuming from {} has ended", member.name().path());
    }

    private void endUse(PipeUse use, String ofPath) {
        try {
            if (use != null) {
                use.close();
            }
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", ofPath, e);
        }
    }

    private void endIfClosed() {
        if (closed && open.isEmpty() && !ended) {
            ended = true;
            LOG.info("Consuming from the named pipes in {} has ended", path);
        }
    }

    private PipeFolder pipeFolder() {
        return pipes.folder(reading.pipe(), names, reading.checkIntervalMillis(), this);
    }

    private synchronized void stopFollowing() {
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }

    private String pathOf(String name) {
        return path.endsWith("/") ? path + name : path + "/" + name;
    }
}
