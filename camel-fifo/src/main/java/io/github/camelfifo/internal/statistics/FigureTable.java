package io.github.camelfifo.internal.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * The figures of several FIFOs as a table of JMX, which clients show without classes of ours. The endpoint makes it
 * when somebody asks.
 */
public final class FigureTable {

    private static final List<Column> COLUMNS = columns();
    private static final String[] NAMES = COLUMNS.stream().map(Column::name).toArray(String[]::new);
    private static final TabularType TYPE = type();

    private record Column(String name, String description, OpenType<?> type, Function<PipeFigures, Object> value) {}

    private FigureTable() {}

    /**
     * A table with a row for each FIFO, by path and inode: a FIFO that was replaced may be read to its end under the
     * path of the next.
     */
    public static TabularData of(List<PipeFigures> pipes) {
        try {
            TabularDataSupport table = new TabularDataSupport(TYPE);
            for (PipeFigures pipe : pipes) {
                Object[] values = COLUMNS.stream()
                        .map(column -> column.value().apply(pipe))
                        .toArray();
                CompositeDataSupport row = new CompositeDataSupport(TYPE.getRowType(), NAMES, values);
                // two readers of one FIFO during a restart have the same row
                table.putIfAbsent(table.calculateIndex(row), row);
            }
            return table;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("path", "The absolute path of the FIFO", SimpleType.STRING, PipeFigures::path));
        columns.add(
                new Column("name", "The file name of the FIFO in its folder", SimpleType.STRING, PipeFigures::name));
        columns.add(new Column(
                "inode",
                "The inode of the FIFO",
                SimpleType.LONG,
                pipe -> pipe.gauges().inode()));
        columns.add(new Column(
                "state",
                "What the consumer does",
                SimpleType.STRING,
                pipe -> pipe.state().text()));
        for (Figure figure : Figure.values()) {
            columns.add(new Column(figure.key(), figure.description(), SimpleType.LONG, figure::of));
        }
        columns.add(new Column(
                "lastErrorTime",
                "When something failed last, as in ISO 8601",
                SimpleType.STRING,
                pipe -> pipe.failure().time()));
        columns.add(new Column(
                "lastError",
                "What failed last",
                SimpleType.STRING,
                pipe -> pipe.failure().text()));
        return columns;
    }

    private static TabularType type() {
        try {
            CompositeType row = new CompositeType(
                    "FifoPipe",
                    "A FIFO",
                    NAMES,
                    COLUMNS.stream().map(Column::description).toArray(String[]::new),
                    COLUMNS.stream().map(Column::type).toArray(OpenType<?>[]::new));
            return new TabularType("FifoPipes", "FIFOs that are open", row, new String[] {"path", "inode"});
        } catch (OpenDataException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
