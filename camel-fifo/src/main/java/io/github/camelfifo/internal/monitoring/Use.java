package io.github.camelfifo.internal.monitoring;

/**
 * The use that one consumer, producer, polling consumer or FIFO of a folder makes of a path. Each begins its own at its start
 * and ends it at its stop; both may be called twice.
 */
public final class Use {

    private final FifosInUse all;
    private final Object owner;
    private final String path;
    private final FigureSource source;
    private final Role role;

    Use(FifosInUse all, Object owner, String path, FigureSource source, Role role) {
        this.all = all;
        this.owner = owner;
        this.path = path;
        this.source = source;
        this.role = role;
    }

    /** The path is in use from now on. */
    public void begin() {
        all.begin(this);
    }

    /** This use is over; the path may be in use by others. */
    public void end() {
        all.end(this);
    }

    Object owner() {
        return owner;
    }

    String path() {
        return path;
    }

    FigureSource source() {
        return source;
    }

    Role role() {
        return role;
    }
}
