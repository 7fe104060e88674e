package io.github.camelfifo.internal.monitoring;

import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.EnumMap;
import java.util.Map;

/** Values of all figures that only grow, to be added and taken away. Immutable. */
final class CounterValues {

    static final CounterValues NONE = new CounterValues(new EnumMap<>(Figure.class));

    private final Map<Figure, Long> values;

    private CounterValues(Map<Figure, Long> values) {
        this.values = values;
    }

    static CounterValues of(PipeFigures figures) {
        Map<Figure, Long> values = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (figure.kind() == Figure.Kind.COUNTER) {
                values.put(figure, figure.of(figures));
            }
        }
        return new CounterValues(values);
    }

    /** 0 for a figure that does not only grow. */
    long get(Figure figure) {
        return values.getOrDefault(figure, 0L);
    }

    CounterValues plus(CounterValues others) {
        return plus(others, 1);
    }

    CounterValues minus(CounterValues others) {
        return plus(others, -1);
    }

    private CounterValues plus(CounterValues others, int sign) {
        Map<Figure, Long> sum = new EnumMap<>(values);
        others.values.forEach((figure, value) -> sum.merge(figure, sign * value, Long::sum));
        return new CounterValues(sum);
    }
}
