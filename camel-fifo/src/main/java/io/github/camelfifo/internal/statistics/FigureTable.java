package io.github.camelfifo.internal.statistics;

import java.util.ArrayList;
import java.util.List;
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

    private static final List<String> NAMES = new ArrayList<>();
    private static final TabularType TYPE = type();

    private FigureTable() {}

    /**
     * A table with a row for each FIFO, by path and inode: a FIFO that was replaced may be read to its end under the
     * path of the next.
     */
    public static TabularData of(List<PipeFigures> pipes) {
        try {
            TabularDataSupport table = new TabularDataSupport(TYPE);
            for (PipeFigures pipe : pipes) {
                CompositeDataSupport row = new CompositeDataSupport(
                        TYPE.getRowType(),
                        NAMES.toArray(String[]::new),
                        values(pipe).toArray());
                // two readers of one FIFO during a restart have the same row
                table.putIfAbsent(table.calculateIndex(row), row);
            }
            return table;
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Object> values(PipeFigures pipe) {
        List<Object> values = new ArrayList<>();
        values.add(pipe.path());
        values.add(pipe.name());
        values.add(pipe.gauges().inode());
        values.add(pipe.state());
        for (Figure figure : Figure.values()) {
            values.add(figure.of(pipe));
        }
        values.add(pipe.failure().time());
        values.add(pipe.failure().text());
        return values;
    }

    private static TabularType type() {
        List<String> descriptions = new ArrayList<>();
        List<OpenType<?>> types = new ArrayList<>();
        column(descriptions, types, "path", "The absolute path of the FIFO", SimpleType.STRING);
        column(descriptions, types, "name", "The file name of the FIFO in its folder", SimpleType.STRING);
        column(descriptions, types, "inode", "The inode of the FIFO", SimpleType.LONG);
        column(descriptions, types, "state", "What the consumer does", SimpleType.STRING);
        for (Figure figure : Figure.values()) {
            column(descriptions, types, figure.key(), figure.description(), SimpleType.LONG);
        }
        column(descriptions, types, "lastErrorTime", "When something failed last, as in ISO 8601", SimpleType.STRING);
        column(descriptions, types, "lastError", "What failed last", SimpleType.STRING);
        try {
            CompositeType row = new CompositeType(
                    "FifoPipe",
                    "A FIFO",
                    NAMES.toArray(String[]::new),
                    descriptions.toArray(String[]::new),
                    types.toArray(OpenType<?>[]::new));
            return new TabularType("FifoPipes", "FIFOs that are open", row, new String[] {"path", "inode"});
        } catch (OpenDataException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static void column(
            List<String> descriptions, List<OpenType<?>> types, String name, String description, OpenType<?> type) {
        NAMES.add(name);
        descriptions.add(description);
        types.add(type);
    }
}
