package io.github.camelfifo.internal.pump;

import io.github.camelfifo.internal.statistics.OpenPipe;
import io.github.camelfifo.internal.statistics.ReaderStatistics;
import io.github.camelfifo.pipe.PipeStatus;
import io.github.camelfifo.pipe.PipeUse;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.FileIdentity;
import java.io.IOException;

/** One FIFO of a {@link ConsumedFolder}: its name, and whether it is still in the folder. Guarded by the pumps' lock. */
final class FolderMember implements ConsumedPipe.Owner, OpenPipe {

    private final ConsumedFolder folder;
    private final FileIdentity fifo;
    private final ReaderStatistics statistics;
    /** Exchanges read it without the lock. */
    private volatile PipeName name;

    private long lastSeen;
    private boolean left;
    private long timesLeft;
    /** Set once, by {@link #open}. */
    private ConsumedPipe pipe;

    /** Ends that it is shown under its name. */
    private volatile Runnable hide = () -> {};

    private Reading reading;
    /** Of a FIFO that was held open before; otherwise null. */
    private PipeUse use;

    FolderMember(ConsumedFolder folder, FileIdentity fifo, PipeName name, long scan) {
        this.folder = folder;
        this.fifo = fifo;
        this.statistics = new ReaderStatistics(folder.receivers().statistics());
        this.name = name;
        this.lastSeen = scan;
    }

    /** Takes the descriptor over, as {@link ConsumedPipe} does. */
    void open(Descriptor descriptor, Reading how) throws IOException {
        reading = how;
        pipe = new ConsumedPipe(this, folder.pipes(), how, folder.carriedOver(), descriptor);
        statistics.opened(this);
        hide = folder.receivers().show(statistics, name);
    }

    FileIdentity fifo() {
        return fifo;
    }

    PipeName name() {
        return name;
    }

    FramePump pump() {
        return pipe.pump();
    }

    /** The scan in which it was found last. */
    long lastSeen() {
        return lastSeen;
    }

    boolean hasLeft() {
        return left;
    }

    /** It is in the folder under this name; false when it is closed already. */
    boolean isNamed(PipeName newName, long scan) {
        if (left && !pump().cancelClose()) {
            return false;
        }
        if (left) {
            left = false;
            pump().noMoreWriters(false);
        }
        if (!newName.equals(name)) {
            name = newName;
            Runnable before = hide;
            hide = folder.receivers().show(statistics, newName);
            before.run();
        }
        lastSeen = scan;
        return true;
    }

    /** It is no longer in the folder; gives the number of times that it has left. */
    long leave() {
        left = true;
        return ++timesLeft;
    }

    long timesLeft() {
        return timesLeft;
    }

    @Override
    public FramePump pump(PumpSource source, LeftPipe before, PumpListener listener) {
        use = before.use();
        Frames frames = before.goOn(reading, () -> reading.frames(statistics, false), statistics);
        Receivers receivers = folder.receivers();
        PumpTarget target = new PumpTarget(
                receivers.handler(this::name, statistics), receivers.gate(fifo), reading.retryMillis(), statistics);
        try {
            return new FramePump(folder.pipes().engine(), target, source, frames, new Turns(), listener);
        } catch (RuntimeException e) {
            receivers.closed(fifo);
            throw e;
        }
    }

    @Override
    public String path() {
        return name.path();
    }

    @Override
    public String fileName() {
        return name.name();
    }

    @Override
    public PipeStatus status() {
        return pipe.status();
    }

    @Override
    public boolean isOneOfMany() {
        return true;
    }

    @Override
    public boolean isHandedOver() {
        return false;
    }

    @Override
    public boolean isCurrent(FramePump pump) {
        return folder.isInFolder(this);
    }

    @Override
    public void ended(FramePump pump) {
        folder.ended(this);
    }

    @Override
    public void closed(FramePump pump) {
        hide.run();
        statistics.closed();
        folder.closed(this, pump, use);
    }
}
