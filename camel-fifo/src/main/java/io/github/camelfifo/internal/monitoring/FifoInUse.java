package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.Gauges;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One path in a Camel context and all who use it now: their figures are added. Meters want counters that never go back: theirs
 * begin at zero when the path comes into use, and what somebody has counted stays when he leaves and others go on.
 *
 * <p>
 * {@link FifosInUse} changes it under its lock; any thread reads it without.
 */
public final class FifoInUse {

    private final String path;
    private volatile Now now = new Now(List.of(), Counts.NONE);
    /** Null while no meters show it. */
    private Runnable hide;

    /** {@code others} is what those who have left have counted here, less what the others had counted elsewhere before. */
    private record Now(List<PathUse> uses, Counts others) {

        Stream<FigureSource> sources() {
            return uses.stream().map(PathUse::source).distinct();
        }

        boolean has(FigureSource source) {
            return uses.stream().anyMatch(use -> use.source() == source);
        }

        /** The one whose state is shown: a consumer's, if there is one. */
        FigureSource leading() {
            return uses.stream()
                    .filter(use -> use.role().isConsumers())
                    .findFirst()
                    .or(() -> uses.stream().findFirst())
                    .map(PathUse::source)
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

    /**
     * {@return one figure for a meter, added over all who use the path; a counter only grows, also when somebody resets an
     * endpoint, and a gauge is -1 when nobody knows it}
     */
    public long value(Figure figure) {
        Now current = now;
        return figure.isCounter()
                ? figure.of(current.sources().map(FigureSource::total).reduce(current.others(), Counts::plus))
                : figure.of(gauges(current));
    }

    /** {@return what its consumer does; without one, whoever uses it} */
    public ConsumerState state() {
        return state(now);
    }

    /** {@return what failed last} */
    public Failure failure() {
        return failure(now);
    }

    /** {@return all figures as JMX shows them, added over all who use the path} */
    public PipeFigures figures() {
        Now current = now;
        return new PipeFigures(path, null, state(current), counts(current), gauges(current), failure(current));
    }

    private static Counts counts(Now current) {
        return current.sources().map(FigureSource::counts).reduce(Counts.NONE, Counts::plus);
    }

    private static Gauges gauges(Now current) {
        return current.sources().map(FigureSource::gauges).reduce(Gauges.UNKNOWN, Gauges::max);
    }

    private static Failure failure(Now current) {
        return current.sources().map(FigureSource::failure).reduce(Failure.NONE, Failure::latest);
    }

    private static ConsumerState state(Now current) {
        FigureSource leading = current.leading();
        return leading == null ? ConsumerState.STOPPED : leading.state();
    }

    /** Those of an owner. */
    Stream<PathUse> usesOf(Object owner) {
        return now.uses().stream().filter(use -> use.owner() == owner);
    }

    /** Again for one that is there already: nothing happens. */
    void add(PathUse use) {
        if (now.uses().contains(use)) {
            return;
        }
        List<PathUse> uses = new ArrayList<>(now.uses());
        uses.add(use);
        Counts others = now.others();
        now = new Now(
                uses, now.has(use.source()) ? others : others.minus(use.source().total()));
    }

    /** For one that is not there, or no longer: nothing happens. */
    void remove(PathUse use) {
        List<PathUse> uses = new ArrayList<>(now.uses());
        if (!uses.remove(use)) {
            return;
        }
        Now after = new Now(uses, now.others());
        now = after.has(use.source())
                ? after
                : new Now(uses, after.others().plus(use.source().total()));
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
