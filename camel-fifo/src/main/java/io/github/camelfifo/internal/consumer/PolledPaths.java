package io.github.camelfifo.internal.consumer;

import io.github.camelfifo.pipe.NamedPipe;
import io.github.camelfifo.pipe.NoSuchNamedPipeException;
import io.github.camelfifo.pipe.ReaderClaims;
import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The FIFOs that are polled. They are the component's: Camel drops polling consumers, and endpoints too, as its caches have
 * room, and neither tells it in each case. All endpoints whose paths lead to the same FIFO poll the same one. Thread-safe.
 */
public final class PolledPaths {

    private static final int FIRST_CLEARING = 64;

    private final Supplier<ReaderClaims> claims;
    /** Guarded by this, like what follows. */
    private final Map<String, PolledPath> byPath = new HashMap<>();

    private int nextClearing = FIRST_CLEARING;
    private boolean closed;

    /** Polls nothing yet. */
    public PolledPaths(Supplier<ReaderClaims> claims) {
        this.claims = claims;
    }

    /**
     * What an endpoint polls; made, but not opened, when there is none yet. One call of it has to follow.
     *
     * @return null when the component is stopped
     * @throws IOException when there is no FIFO at the path and none is to be made, or when it is refused
     */
    public synchronized PolledPath of(PolledFrames frames) throws IOException {
        PolledPath found = closed ? null : find(frames);
        if (found != null) {
            found.enter();
        }
        return found;
    }

    /** After {@link #close()}. */
    public synchronized void open() {
        closed = false;
    }

    private PolledPath find(PolledFrames frames) throws IOException {
        NamedPipe pipe = frames.reading().get().pipe();
        String path = pipe.path();
        try (Descriptor located = pipe.locate()) {
            return claims.get().holder(located.status().identity()) instanceof PolledPath polled
                    ? polled
                    : atPath(path);
        } catch (NoSuchNamedPipeException e) {
            // awaited where it was there before
            PolledPath known = byPath.get(path);
            if (known == null) {
                throw e;
            }
            return known;
        }
    }

    /** Closes all. */
    public void close() {
        List<PolledPath> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(byPath.values());
            byPath.clear();
        }
        all.forEach(PolledPath::close);
    }

    private PolledPath atPath(String path) {
        if (byPath.size() >= nextClearing) {
            // FIFOs that come and go under ever new names
            byPath.values().removeIf(PolledPath::closeIfAbandoned);
            nextClearing = Math.max(FIRST_CLEARING, 2 * byPath.size());
        }
        return byPath.computeIfAbsent(path, PolledPath::new);
    }
}
