package io.github.camelfifo.internal.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.internal.statistics.ConsumerState;
import io.github.camelfifo.internal.statistics.Counts;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.Gauges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who uses a path, and that what they count is added up and never goes back. */
class FifosInUseTest {

    private static final String PATH = "/run/orders";

    /** The paths for which meters are there now. */
    private final List<String> shown = new ArrayList<>();

    private final Meters meters = fifo -> {
        shown.add(fifo.path());
        return () -> shown.remove(fifo.path());
    };
    private Supplier<Meters> found = () -> meters;
    private final FifosInUse all = new FifosInUse(() -> found.get());

    /** An endpoint that has read and written so many bytes. */
    private static final class Endpoint {

        final AtomicLong in = new AtomicLong();
        final AtomicLong out = new AtomicLong();
        long waiting = -1;
        long inode = -1;
        ConsumerState state = ConsumerState.STOPPED;
        Failure failure = Failure.NONE;
        Counts forgotten = Counts.NONE;

        final FigureSource source = new FigureSource() {

            @Override
            public Gauges gauges() {
                return new Gauges(inode, waiting, waiting);
            }

            @Override
            public Counts counts() {
                return new Counts(in.get(), 0, out.get(), 0, 0, 0, 0, 0, 0, 0);
            }

            @Override
            public Counts total() {
                return counts().plus(forgotten);
            }

            @Override
            public Failure failure() {
                return failure;
            }

            @Override
            public ConsumerState state() {
                return state;
            }
        };
    }

    private Use use(Endpoint endpoint, Role role) {
        return all.use(this, PATH, endpoint.source, role);
    }

    private static Use begun(Use use) {
        use.begin();
        return use;
    }

    private FifoInUse fifo() {
        assertThat(all.all()).hasSize(1);
        return all.all().get(0);
    }

    @Test
    void aPathIsHereFromTheFirstBeginToTheLastEnd() {
        Endpoint endpoint = new Endpoint();
        Use reading = begun(use(endpoint, Role.CONSUMER));
        Use writing = begun(use(new Endpoint(), Role.PRODUCER));
        assertThat(fifo().path()).isEqualTo(PATH);
        assertThat(fifo().roles()).containsExactly(Role.CONSUMER, Role.PRODUCER);
        assertThat(shown).containsExactly(PATH);

        reading.end();
        assertThat(fifo().roles()).containsExactly(Role.PRODUCER);
        assertThat(shown).containsExactly(PATH);

        writing.end();
        assertThat(all.all()).isEmpty();
        assertThat(shown).isEmpty();
    }

    @Test
    void beginningAndEndingTwiceIsBeginningAndEndingOnce() {
        Use use = use(new Endpoint(), Role.PRODUCER);
        use.end();
        use.begin();
        use.begin();
        assertThat(fifo().roles()).containsExactly(Role.PRODUCER);

        use.end();
        use.end();

        assertThat(all.all()).isEmpty();
        assertThat(shown).isEmpty();
    }

    @Test
    void whatAllCountIsAddedAndAnEndpointThatReadsAndWritesIsCountedOnce() {
        Endpoint both = new Endpoint();
        begun(use(both, Role.CONSUMER));
        begun(use(both, Role.PRODUCER));
        Endpoint other = new Endpoint();
        begun(use(other, Role.PRODUCER));
        both.in.set(5);
        both.out.set(7);
        other.out.set(100);

        assertThat(fifo().value(Figure.BYTES_IN)).isEqualTo(5);
        assertThat(fifo().value(Figure.BYTES_OUT)).isEqualTo(107);
        assertThat(fifo().figures().counts().bytesIn()).isEqualTo(5);
        assertThat(fifo().figures().counts().bytesOut()).isEqualTo(107);
    }

    @Test
    void aCounterOfAMeterDoesNotJumpByWhatOneHasCountedBeforeHeCame() {
        Endpoint first = new Endpoint();
        first.in.set(1_000);
        begun(use(first, Role.CONSUMER));
        assertThat(fifo().value(Figure.BYTES_IN)).isZero();
        Endpoint second = new Endpoint();
        second.in.set(500);

        begun(use(second, Role.POLLING));

        assertThat(fifo().value(Figure.BYTES_IN)).isZero();
        second.in.set(501);
        assertThat(fifo().value(Figure.BYTES_IN)).isEqualTo(1);
        assertThat(fifo().figures().counts().bytesIn()).isEqualTo(1_501);
    }

    @Test
    void aResetDoesNotTakeACounterOfAMeterBack() {
        Endpoint reader = new Endpoint();
        begun(use(reader, Role.CONSUMER));
        reader.in.set(10);

        reader.forgotten = reader.source.counts();
        reader.in.set(0);

        assertThat(fifo().value(Figure.BYTES_IN)).isEqualTo(10);
        assertThat(fifo().figures().counts().bytesIn()).isZero();
    }

    @Test
    void whatSomebodyHasCountedStaysWhenHeLeavesAndIsNotAddedAgainWhenHeComesBack() {
        begun(use(new Endpoint(), Role.CONSUMER));
        Endpoint writer = new Endpoint();
        Use writing = begun(use(writer, Role.PRODUCER));
        writer.out.set(10);

        writing.end();
        assertThat(fifo().value(Figure.BYTES_OUT)).isEqualTo(10);

        writing.begin();
        assertThat(fifo().value(Figure.BYTES_OUT)).isEqualTo(10);
        writer.out.set(11);
        assertThat(fifo().value(Figure.BYTES_OUT)).isEqualTo(11);

        writing.end();
        assertThat(fifo().value(Figure.BYTES_OUT)).isEqualTo(11);
    }

    @Test
    void aCounterOfAMeterBeginsAnewWhenAllHaveLeft() {
        Endpoint both = new Endpoint();
        Use reading = begun(use(both, Role.CONSUMER));
        Use writing = begun(use(both, Role.PRODUCER));
        both.in.set(5);

        reading.end();

        assertThat(fifo().value(Figure.BYTES_IN)).isEqualTo(5);
        writing.end();
        begun(use(both, Role.PRODUCER));
        assertThat(fifo().value(Figure.BYTES_IN)).isZero();
    }

    @Test
    void thePipeIsWhatThoseKnowWhoHaveItOpenAndTheStateIsTheConsumers() {
        Endpoint writer = new Endpoint();
        writer.state = ConsumerState.FLOWING;
        begun(use(writer, Role.PRODUCER));
        assertThat(fifo().value(Figure.BYTES_WAITING)).isEqualTo(-1);
        assertThat(fifo().state()).isEqualTo(ConsumerState.FLOWING);
        Endpoint reader = new Endpoint();
        reader.waiting = 12;
        reader.inode = 99;
        reader.state = ConsumerState.SUSPENDED;
        begun(use(reader, Role.CONSUMER));

        assertThat(fifo().value(Figure.BYTES_WAITING)).isEqualTo(12);
        assertThat(fifo().state()).isEqualTo(ConsumerState.SUSPENDED);
        assertThat(fifo().figures().gauges().inode()).isEqualTo(99);
        assertThat(fifo().figures().state()).isEqualTo(ConsumerState.SUSPENDED);
    }

    @Test
    void theLastErrorIsTheLatestOfAll() {
        Endpoint first = new Endpoint();
        first.failure = new Failure(1_000, "early");
        begun(use(first, Role.CONSUMER));
        Endpoint second = new Endpoint();
        second.failure = new Failure(2_000, "late");
        begun(use(second, Role.PRODUCER));

        assertThat(fifo().failure().millis()).isEqualTo(2_000);
        assertThat(fifo().figures().failure().millis()).isEqualTo(2_000);
        assertThat(fifo().figures().failure().text()).isEqualTo("late");
    }

    @Test
    void metersThatComeLateShowWhatIsInUse() {
        found = () -> null;
        begun(use(new Endpoint(), Role.CONSUMER));
        assertThat(shown).isEmpty();

        found = () -> meters;
        all.lookForMeters();
        assertThat(shown).containsExactly(PATH);
        all.lookForMeters();
        assertThat(shown).containsExactly(PATH);
    }

    @Test
    void metersThatComeLateAreFoundByTheNextPathInUse() {
        found = () -> null;
        begun(use(new Endpoint(), Role.CONSUMER));
        found = () -> meters;

        all.use(this, "/run/other", new Endpoint().source, Role.CONSUMER).begin();

        assertThat(shown).containsExactlyInAnyOrder(PATH, "/run/other");
    }

    @Test
    void anOwnersUsesEndTogetherAndThoseOfOthersStay() {
        begun(use(new Endpoint(), Role.CONSUMER));
        all.use("another owner", "/run/other", new Endpoint().source, Role.PRODUCER)
                .begin();

        all.endAllOf(this);

        assertThat(shown).containsExactly("/run/other");
        assertThat(all.all()).extracting(FifoInUse::path).containsExactly("/run/other");
    }
}
