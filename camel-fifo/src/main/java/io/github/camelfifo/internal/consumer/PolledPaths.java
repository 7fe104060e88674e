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
 * The FIFOs that endpoints poll. The component keeps them, because Camel's caches drop polling consumers and endpoints
 * without always telling. All endpoints whose paths lead to the same FIFO share one {@link PolledPath}. Thread-safe.
 */
public final class PolledPaths {

    private static final int FIRST_CLEARING = 64;

    private final Supplier<ReaderClaims> claims;
    /** Guarded by this, like the fields below. */
    private final Map<String, PolledPath> byPath = new HashMap<>();

    private int nextClearing = FIRST_CLEARING;
    private boolean closed;

    /** Polls nothing yet. */
    public PolledPaths(Supplier<ReaderClaims> claims) {
        this.claims = claims;
    }

    /**
     * The path that an endpoint polls; makes a missing one without opening it. One call to it has to follow.
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

    /** Takes {@link #close()} back. */
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
            // a FIFO that was there before is awaited
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
            // for FIFOs that come and go under new names again and again
            byPath.values().removeIf(PolledPath::closeIfAbandoned);
            nextClearing = Math.max(FIRST_CLEARING, 2 * byPath.size());
        }
        return byPath.computeIfAbsent(path, PolledPath::new);
    }
}
