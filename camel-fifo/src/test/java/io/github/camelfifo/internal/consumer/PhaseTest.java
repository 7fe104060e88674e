package io.github.camelfifo.internal.consumer;

import static io.github.camelfifo.internal.consumer.Phase.AWAITING_CONTEXT;
import static io.github.camelfifo.internal.consumer.Phase.AWAITING_SUSPENDED;
import static io.github.camelfifo.internal.consumer.Phase.DRAINING;
import static io.github.camelfifo.internal.consumer.Phase.DRAINING_RESUMED;
import static io.github.camelfifo.internal.consumer.Phase.FLOWING;
import static io.github.camelfifo.internal.consumer.Phase.STOPPED;
import static io.github.camelfifo.internal.consumer.Phase.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.internal.consumer.Phase.Event;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every phase after every event. */
class PhaseTest {

    /** In the order of the events: START, CONTEXT_STARTED, SUSPEND, RESUME, DRAIN, GIVE_UP, STOP. */
    private static final Map<Phase, List<Phase>> TABLE = new EnumMap<>(Map.of(
            STOPPED,
            List.of(AWAITING_CONTEXT, STOPPED, STOPPED, STOPPED, STOPPED, STOPPED, STOPPED),
            AWAITING_CONTEXT,
            List.of(
                    AWAITING_CONTEXT,
                    FLOWING,
                    AWAITING_SUSPENDED,
                    AWAITING_CONTEXT,
                    DRAINING,
                    AWAITING_CONTEXT,
                    STOPPED),
            AWAITING_SUSPENDED,
            List.of(
                    AWAITING_CONTEXT,
                    SUSPENDED,
                    AWAITING_SUSPENDED,
                    AWAITING_CONTEXT,
                    AWAITING_SUSPENDED,
                    AWAITING_SUSPENDED,
                    STOPPED),
            FLOWING,
            List.of(FLOWING, FLOWING, SUSPENDED, FLOWING, DRAINING, FLOWING, STOPPED),
            SUSPENDED,
            List.of(FLOWING, SUSPENDED, SUSPENDED, FLOWING, DRAINING, SUSPENDED, STOPPED),
            DRAINING,
            List.of(FLOWING, DRAINING, DRAINING, DRAINING_RESUMED, DRAINING, SUSPENDED, STOPPED),
            DRAINING_RESUMED,
            List.of(FLOWING, DRAINING_RESUMED, DRAINING, DRAINING_RESUMED, DRAINING, FLOWING, STOPPED)));

    static Stream<Arguments> transitions() {
        List<Event> events = List.of(Event.values());
        return Stream.of(Phase.values())
                .flatMap(phase -> events.stream()
                        .map(event ->
                                Arguments.of(phase, event, TABLE.get(phase).get(events.indexOf(event)))));
    }

    @ParameterizedTest
    @MethodSource("transitions")
    void everyEventLeadsToTheNextPhase(Phase phase, Event event, Phase next) {
        assertThat(phase.after(event)).isEqualTo(next);
    }
}
