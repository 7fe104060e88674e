package io.github.camelfifo.examples.benchmark.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ChartTest {

    private static final String LONG_TITLE =
            "In batches, we read as many lines a second as wc -l, and 1.4 times as many as a reader in Java";

    @Test
    void everyRowHasItsNameItsNumberAndABarAsLongAsThat() throws Exception {
        Element chart = draw(bars(
                "Title", row("them", Figure.Side.OTHERS, 2e6, 2e6, 2e6), row("us", Figure.Side.OURS, 1e6, 1e6, 1e6)));

        assertThat(texts(chart)).contains("Title", "them", "2", "us", "1", "million lines a second");
        List<Element> bars = bars(chart);
        assertThat(number(bars.get(0), "width")).isEqualTo(2 * number(bars.get(1), "width"), withinAPixel());
        assertThat(bars.get(0).getAttribute("class")).isEqualTo("fill-others");
        assertThat(bars.get(1).getAttribute("class")).isEqualTo("fill-ours");
    }

    @Test
    void theCeilingIsOnlyAnOutline() throws Exception {
        Element chart = draw(bars("Title", row("limit", Figure.Side.CEILING, 2e6), row("us", Figure.Side.OURS, 1e6)));

        assertThat(bars(chart).get(0).getAttribute("fill")).isEqualTo("none");
    }

    @Test
    void aRangeIsFromOneNumberToTheOtherOnALogarithmicAxis() throws Exception {
        Figure.Row row = new Figure.Row("us", Figure.Side.OURS, List.of(Measured.of(17), Measured.of(280)));
        Figure figure = new Figure(
                "latency", "file", "Title", "Note", "µs", List.of(new Figure.Group("One by one", List.of(row))));

        Element chart = draw(figure);

        assertThat(texts(chart)).contains("One by one", "us", "17", "280", "1", "10", "100", "1,000");
    }

    @Test
    void noTextLeavesTheCardOrRunsIntoAnother() throws Exception {
        Element chart = draw(bars(
                LONG_TITLE,
                row("no I/O and one write(2)", Figure.Side.CEILING, 1_886_123, 1_995_533, 1_863_996),
                row("camel-fifo ON_COMPLETION", Figure.Side.OURS, 1_449_486, 1_500_000, 1_400_000)));

        List<Box> boxes = new ArrayList<>();
        for (Element text : elements(chart, "text")) {
            boxes.add(Box.of(text));
        }
        assertThat(boxes).allSatisfy(box -> {
            assertThat(box.left()).isPositive();
            assertThat(box.right()).isLessThan(number(chart, "width"));
            assertThat(box.bottom()).isLessThan(number(chart, "height"));
            assertThat(boxes).filteredOn(box::overlaps).containsExactly(box);
        });
    }

    @Test
    void aViewerThatPrefersDarkColoursHasThemAndNothingComesFromElsewhere() {
        String svg = Chart.of(bars("Title <&>", row("us", Figure.Side.OURS, 1)));

        assertThat(svg)
                .contains("prefers-color-scheme: dark", "Title &lt;&amp;&gt;")
                .doesNotContain("<script", "href", "url(", "@import");
    }

    static Figure bars(String title, Figure.Row... rows) {
        return new Figure(
                "lines", "file", title, "Note", "lines/s", List.of(new Figure.Group("", Arrays.asList(rows))));
    }

    static Figure.Row row(String name, Figure.Side side, double... rounds) {
        return new Figure.Row(name, side, List.of(Measured.of(rounds)));
    }

    private static Element draw(Figure figure) throws Exception {
        byte[] svg = Chart.of(figure).getBytes(StandardCharsets.UTF_8);
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getDocumentElement();
    }

    private static List<String> texts(Element chart) {
        return elements(chart, "text").stream().map(Element::getTextContent).toList();
    }

    /** Without the card and its border. */
    private static List<Element> bars(Element chart) {
        List<Element> rectangles = elements(chart, "rect");
        return rectangles.subList(2, rectangles.size());
    }

    private static List<Element> elements(Element chart, String name) {
        NodeList nodes = chart.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static org.assertj.core.data.Offset<Double> withinAPixel() {
        return org.assertj.core.api.Assertions.within(1.0);
    }

    /** Where a text is, about, in a font that is not a wide one. */
    private record Box(double left, double top, double right, double bottom) {

        private static final double LETTER = 0.5;
        private static final double BOLD_LETTER = 0.58;

        static Box of(Element text) {
            double size = number(text, "font-size");
            double letter = text.hasAttribute("font-weight") ? BOLD_LETTER : LETTER;
            double width = text.getTextContent().length() * size * letter;
            double x = number(text, "x");
            double left = switch (text.getAttribute("text-anchor")) {
                case "start" -> x;
                case "middle" -> x - width / 2;
                default -> x - width;
            };
            double y = number(text, "y");
            return new Box(left, y - size * 0.8, left + width, y + size * 0.2);
        }

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }
}
