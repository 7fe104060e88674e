package io.github.camelfifo.internal.monitoring;

/** A {@link Use} that {@link FifosInUse} shows. Each is its own: no two of them are equal. */
final class PathUse implements Use {

    private final FifosInUse all;
    private final Object owner;
    private final String path;
    private final FigureSource source;
    private final Role role;

    PathUse(FifosInUse all, Object owner, String path, FigureSource source, Role role) {
        this.all = all;
        this.owner = owner;
        this.path = path;
        this.source = source;
        this.role = role;
    }

    @Override
    public void begin() {
        all.begin(this);
    }

    @Override
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
