package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * One path in a Camel context and all who use it now: their figures are added. What an endpoint has counted stays in the sum
 * after its last use has ended, as long as others use the path: a counter never goes back. It does when somebody resets an
 * endpoint.
 *
 * <p>
 * {@link FifosInUse} changes it under its lock; any thread reads it without.
 */
public final class FifoInUse {

    /** What {@link PipeFigures#state()} says of a FIFO that nobody uses any more. */
    private static final String STOPPED = "stopped";

    private static final Set<Role> CONSUMERS = EnumSet.of(Role.CONSUMER, Role.FOLDER, Role.MEMBER);

    private final String path;
    /**
     * What those who have left had counted, as long as they may come back: it must not be added twice. Null before the first
     * one leaves, because a thousand idle FIFOs have one of these each.
     */
    private Map<FigureSource, CounterValues> left;

    private volatile Now now = new Now(List.of(), CounterValues.NONE);
    /** Null while no meters show it. */
    private Runnable hide;

    /** {@code before} is what those who have left had counted. */
    private record Now(List<Use> uses, CounterValues before) {

        Stream<FigureSource> sources() {
            return uses.stream().map(Use::source).distinct();
        }

        boolean has(FigureSource source) {
            return uses.stream().anyMatch(use -> use.source() == source);
        }

        /** The one whose state is shown: a consumer's, if there is one. */
        FigureSource leading() {
            return uses.stream()
                    .filter(use -> CONSUMERS.contains(use.role()))
                    .findFirst()
                    .or(() -> uses.stream().findFirst())
                    .map(Use::source)
                    .orElse(null);
        }
    }

    FifoInUse(String path) {
        this.path = path;
    }

    /** {@return the absolute path of the FIFO or folder} */
    public String path() {
        return path;
    }

    /** {@return what is done with it, each once} */
    public Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        now.uses().forEach(use -> roles.add(use.role()));
        return roles;
    }

    /** {@return the figures of each open FIFO, of a folder; otherwise empty} */
    public List<PipeFigures> pipes() {
        return now.uses().stream()
                .filter(use -> use.role() == Role.FOLDER)
                .flatMap(use -> use.source().pipes().stream())
                .toList();
    }

    /** {@return one figure, added over all who use the path; a gauge is -1 when nobody knows it} */
    public long value(Figure figure) {
        Now current = now;
        boolean counted = figure.kind() == Figure.Kind.COUNTER;
        return value(
                figure,
                current,
                current.sources()
                        .map(counted ? FigureSource::counted : FigureSource::figures)
                        .toList());
    }

    /** {@return the state of its consumer; without one, that of whoever uses it} */
    public String state() {
        FigureSource leading = now.leading();
        return leading == null ? STOPPED : leading.figures().state();
    }

    /** {@return when the last failure was, in milliseconds since 1970; 0 for none} */
    public long lastErrorMillis() {
        return now.sources()
                .map(FigureSource::counted)
                .mapToLong(PipeFigures::lastErrorMillis)
                .max()
                .orElse(0);
    }

    /** {@return all figures, added over all who use the path} */
    public PipeFigures figures() {
        Now current = now;
        FigureSource leading = current.leading();
        List<PipeFigures> all = current.sources().map(FigureSource::figures).toList();
        PipeFigures failed = all.stream()
                .max(Comparator.comparingLong(PipeFigures::lastErrorMillis))
                .orElse(null);
        ToLongFunction<Figure> value = figure -> value(figure, current, all);
        return new PipeFigures(
                path,
                all.stream()
                        .map(PipeFigures::name)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                all.stream().mapToLong(PipeFigures::inode).max().orElse(-1),
                leading == null ? STOPPED : leading.figures().state(),
                value.applyAsLong(Figure.BYTES_IN),
                value.applyAsLong(Figure.FRAMES_IN),
                value.applyAsLong(Figure.BYTES_OUT),
                value.applyAsLong(Figure.FRAMES_OUT),
                value.applyAsLong(Figure.SESSIONS),
                value.applyAsLong(Figure.DISCARDED),
                value.applyAsLong(Figure.OVERSIZED),
                value.applyAsLong(Figure.MALFORMED),
                value.applyAsLong(Figure.REDELIVERED),
                value.applyAsLong(Figure.READER_WAITS),
                value.applyAsLong(Figure.BYTES_WAITING),
                value.applyAsLong(Figure.CAPACITY),
                failed == null ? 0 : failed.lastErrorMillis(),
                failed == null ? null : failed.lastError());
    }

    private static long value(Figure figure, Now current, List<PipeFigures> all) {
        return figure.kind() == Figure.Kind.COUNTER
                ? current.before().get(figure)
                        + all.stream().mapToLong(figure::of).sum()
                : all.stream().mapToLong(figure::of).max().orElse(-1);
    }

    void add(Use use) {
        List<Use> uses = new ArrayList<>(now.uses());
        uses.add(use);
        CounterValues back = left == null || now.has(use.source()) ? null : left.remove(use.source());
        now = new Now(uses, back == null ? now.before() : now.before().minus(back));
    }

    /** {@code last} is what the source of the use has counted. */
    void remove(Use use, CounterValues last) {
        List<Use> uses = new ArrayList<>(now.uses());
        uses.remove(use);
        Now after = new Now(uses, now.before());
        if (!after.has(use.source())) {
            left = left == null ? new WeakHashMap<>() : left;
            left.put(use.source(), last);
            after = new Now(uses, now.before().plus(last));
        }
        now = after;
    }

    boolean isUnused() {
        return now.uses().isEmpty();
    }

    void show(Meters meters) {
        hide = meters.show(this);
    }

    void hide() {
        if (hide != null) {
            hide.run();
            hide = null;
        }
    }
}
