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
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
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

    private static final Set<Role> CONSUMERS = EnumSet.of(Role.CONSUMER, Role.FOLDER, Role.MEMBER);

    private final String path;
    /**
     * What those who have left had counted, as long as they may come back: it must not be added twice. Null before the first
     * one leaves, because a thousand idle FIFOs have one of these each.
     */
    private Map<FigureSource, Counts> left;

    private volatile Now now = new Now(List.of(), Counts.NONE);
    /** Null while no meters show it. */
    private Runnable hide;

    /** {@code before} is what those who have left had counted. */
    private record Now(List<Use> uses, Counts before) {

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
        return figure.isCounter() ? figure.of(counts(now)) : figure.of(gauges(now));
    }

    /** {@return what its consumer does; without one, whoever uses it} */
    public ConsumerState state() {
        return state(now);
    }

    /** {@return what failed last} */
    public Failure failure() {
        return failure(now);
    }

    /** {@return all figures, added over all who use the path} */
    public PipeFigures figures() {
        Now current = now;
        return new PipeFigures(path, null, state(current), counts(current), gauges(current), failure(current));
    }

    private static Counts counts(Now current) {
        return current.sources().map(FigureSource::counts).reduce(current.before(), Counts::plus);
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

    void add(Use use) {
        List<Use> uses = new ArrayList<>(now.uses());
        uses.add(use);
        Counts back = left == null || now.has(use.source()) ? null : left.remove(use.source());
        now = new Now(uses, back == null ? now.before() : now.before().minus(back));
    }

    /** {@code last} is what the source of the use has counted. */
    void remove(Use use, Counts last) {
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
