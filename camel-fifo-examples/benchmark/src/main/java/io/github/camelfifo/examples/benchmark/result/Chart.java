package io.github.camelfifo.examples.benchmark.result;

import io.github.camelfifo.examples.benchmark.result.Svg.Anchor;
import io.github.camelfifo.examples.benchmark.result.Svg.Ink;
import java.util.List;

/**
 * Draws a {@link Figure}: its finding as the title, a row for each contestant, and one axis. {@link Report} has each figure
 * drawn. Not thread-safe.
 */
final class Chart {

    private static final int WIDTH = 760;
    private static final int MARGIN = 24;
    private static final int TITLE_SIZE = 17;
    private static final int TEXT_SIZE = 13;
    private static final int TICK_SIZE = 12;
    private static final int ROW_HEIGHT = 30;
    private static final int BAR_HEIGHT = 18;
    private static final int HEADING_HEIGHT = 34;
    /** For the axis. */
    private static final int FOOT_HEIGHT = 56;

    private static final int GAP = 10;
    /** At the right of the longest bar, for its number. */
    private static final int ROOM_FOR_NUMBER = 56;

    private final Figure figure;
    private final Scale scale;
    private final Axis axis;
    private final Svg svg = new Svg(WIDTH);
    private final double left;
    private double y;

    private Chart(Figure figure) {
        this.figure = figure;
        scale = Scale.of(figure.unit(), figure.largest());
        axis = figure.hasRanges()
                ? Axis.logarithmic(figure.smallest(), figure.largest())
                : Axis.linear(figure.largest());
        double longest = figure.groups().stream()
                .flatMap(group -> group.rows().stream())
                .mapToDouble(row -> Svg.widthOf(row.name(), TEXT_SIZE))
                .max()
                .orElseThrow();
        left = MARGIN + longest + GAP;
    }

    /** The picture as SVG. */
    static String of(Figure figure) {
        return new Chart(figure).draw();
    }

    private String draw() {
        y = MARGIN;
        lines(figure.title(), TITLE_SIZE, true);
        y += 2;
        lines(figure.note(), TEXT_SIZE, false);
        y += GAP;
        for (Figure.Group group : figure.groups()) {
            group(group);
        }
        ticks();
        return svg.document((int) Math.round(y + FOOT_HEIGHT), figure.title());
    }

    private void lines(String text, int size, boolean isTitle) {
        for (String line : Svg.wrapped(text, size, isTitle, WIDTH - 2 * MARGIN)) {
            y += size;
            if (isTitle) {
                svg.heading(MARGIN, y, size, line);
            } else {
                svg.text(MARGIN, y, size, Ink.MUTED, Anchor.START, line);
            }
            y += size * 0.4;
        }
    }

    private void grid(double height) {
        for (double tick : axis.ticks()) {
            svg.line(x(tick), y, x(tick), y + height, 1, Ink.GRID);
        }
    }

    private void ticks() {
        for (double tick : axis.ticks()) {
            String text = Numbers.tick(tick / scale.divisor());
            svg.text(x(tick), y + 18, TICK_SIZE, Ink.MUTED, Anchor.MIDDLE, text);
        }
        String unit = scale.unit() + (axis.isLogarithmic() ? " (each step is ten times as much)" : "");
        svg.text(left, y + 38, TICK_SIZE, Ink.MUTED, Anchor.START, unit);
    }

    private void group(Figure.Group group) {
        if (!group.heading().isEmpty()) {
            svg.heading(MARGIN, y + HEADING_HEIGHT - 9, TEXT_SIZE, group.heading());
            y += HEADING_HEIGHT;
        }
        grid(group.rows().size() * ROW_HEIGHT);
        for (Figure.Row row : group.rows()) {
            double middle = y + ROW_HEIGHT / 2.0;
            boolean isOurs = row.side() == Figure.Side.OURS || row.side() == Figure.Side.OURS_OTHERWISE;
            svg.text(left - GAP, middle + 4.5, TEXT_SIZE, isOurs ? Ink.TEXT : Ink.MUTED, Anchor.END, row.name());
            if (figure.hasRanges()) {
                range(row, middle);
            } else {
                bar(row, middle);
            }
            y += ROW_HEIGHT;
        }
    }

    private void bar(Figure.Row row, double middle) {
        double end = x(row.largest());
        double top = middle - BAR_HEIGHT / 2.0;
        if (row.side() == Figure.Side.CEILING) {
            svg.outline(left, top, end - left, BAR_HEIGHT, ink(row));
        } else {
            svg.bar(left, top, end - left, BAR_HEIGHT, ink(row));
        }
        number(end + 6, middle, Anchor.START, row.numbers().get(0));
    }

    private void range(Figure.Row row, double middle) {
        List<Measured> numbers = row.numbers();
        double from = x(numbers.get(0).median());
        double to = x(numbers.get(1).median());
        svg.line(from, middle, to, middle, 4, ink(row));
        svg.ring(to, middle, 6, ink(row));
        svg.dot(from, middle, 6, ink(row));
        number(from - GAP, middle, Anchor.END, numbers.get(0));
        number(to + GAP, middle, Anchor.START, numbers.get(1));
    }

    private void number(double x, double middle, Anchor anchor, Measured number) {
        svg.number(x, middle + 4.5, TEXT_SIZE, anchor, scale.text(number));
    }

    private double x(double number) {
        return left + axis.position(number) * (WIDTH - MARGIN - ROOM_FOR_NUMBER - left);
    }

    private static Ink ink(Figure.Row row) {
        return switch (row.side()) {
            case OURS -> Ink.OURS;
            case OURS_OTHERWISE -> Ink.OURS_OTHERWISE;
            case OTHERS -> Ink.OTHERS;
            case CEILING -> Ink.CEILING;
        };
    }
}
