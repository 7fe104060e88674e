package io.github.camelfifo.examples.benchmark.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes shapes and text as SVG: no script, no font of its own, nothing from elsewhere. Light colours are attributes, so they
 * hold everywhere; dark ones are a style sheet for viewers who prefer them. Not thread-safe.
 */
final class Svg {

    /** What a viewer sees, by kind. */
    enum Ink {
        CARD("#ffffff", "#0d1117"),
        BORDER("#d1d9e0", "#3d444d"),
        GRID("#e4e8ec", "#2a313c"),
        TEXT("#1f2328", "#f0f6fc"),
        MUTED("#59636e", "#9198a1"),
        OURS("#0b6bcb", "#4493f8"),
        OURS_OTHERWISE("#7db4ee", "#2b5f9e"),
        OTHERS("#a5afb9", "#656c76"),
        CEILING("#7a848f", "#9198a1");

        private final String light;
        private final String dark;

        Ink(String light, String dark) {
            this.light = light;
            this.dark = dark;
        }

        private String fill() {
            return "class=\"fill-%s\" fill=\"%s\"".formatted(style(), light);
        }

        private String stroke() {
            return "class=\"stroke-%s\" stroke=\"%s\"".formatted(style(), light);
        }

        /** With an edge of another ink. */
        private String fill(Ink edge) {
            return "class=\"fill-%s stroke-%s\" fill=\"%s\" stroke=\"%s\""
                    .formatted(style(), edge.style(), light, edge.light);
        }

        private String style() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Where a text has its {@code x}. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** Of letters in the widest of the usual fonts, in relation to their size: of capitals and figures, and in sentences. */
    private static final double WIDE_LETTER = 0.6;

    private static final double LETTER = 0.54;
    private static final double BOLD_LETTER = 0.62;

    private final StringBuilder body = new StringBuilder();
    private final int width;

    Svg(int width) {
        this.width = width;
    }

    /** How wide a name is at most, as far as one can know without the viewer's font. */
    static double widthOf(String name, int size) {
        return name.length() * size * WIDE_LETTER;
    }

    /** A sentence in lines that are no wider than that. */
    static List<String> wrapped(String text, int size, boolean isBold, double width) {
        int most = (int) (width / (size * (isBold ? BOLD_LETTER : LETTER)));
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && longer.length() > most) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }

    void text(double x, double y, int size, Ink ink, Anchor anchor, String text) {
        text(x, y, size, ink.fill(), anchor, text);
    }

    /** A text that can be read where it stands on a line. */
    void number(double x, double y, int size, Anchor anchor, String text) {
        String halo = " stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"";
        text(x, y, size, Ink.TEXT.fill(Ink.CARD) + halo, anchor, text);
    }

    void heading(double x, double y, int size, String text) {
        text(x, y, size, Ink.TEXT.fill() + " font-weight=\"600\"", Anchor.START, text);
    }

    void bar(double x, double y, double width, double height, Ink ink) {
        add("<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" %s/>", x, y, width, height, ink.fill());
    }

    /** A bar that is only drawn at its edges. */
    void outline(double x, double y, double width, double height, Ink ink) {
        add(
                "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\" fill=\"none\" stroke-dasharray=\"4 3\" %s/>",
                x, y, width, height, ink.stroke());
    }

    void line(double x1, double y1, double x2, double y2, int thickness, Ink ink) {
        add(
                "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke-width=\"%s\" %s/>",
                x1, y1, x2, y2, thickness, ink.stroke());
    }

    void dot(double x, double y, double radius, Ink ink) {
        add("<circle cx=\"%s\" cy=\"%s\" r=\"%s\" %s/>", x, y, radius, ink.fill());
    }

    void ring(double x, double y, double radius, Ink ink) {
        dot(x, y, radius, ink);
        dot(x, y, radius - 2, Ink.CARD);
    }

    /** All of it, on a card of its own, so that it can be read on any page. */
    String document(int height, String title) {
        String head = """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" \
                font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">
                <title>%3$s</title>
                <style>@media (prefers-color-scheme: dark) {%4$s}</style>
                <rect x="0.5" y="0.5" width="%5$d" height="%6$d" rx="6" %7$s/>
                <rect x="0.5" y="0.5" width="%5$d" height="%6$d" rx="6" fill="none" %8$s/>
                """;
        return head.formatted(
                        width,
                        height,
                        escaped(title),
                        dark(),
                        width - 1,
                        height - 1,
                        Ink.CARD.fill(),
                        Ink.BORDER.stroke())
                + body
                + "</svg>\n";
    }

    private void text(double x, double y, int size, String style, Anchor anchor, String text) {
        add(
                "<text x=\"%s\" y=\"%s\" font-size=\"%s\" text-anchor=\"%s\" %s>%s</text>",
                x, y, size, anchor.name().toLowerCase(Locale.ROOT), style, escaped(text));
    }

    private void add(String format, Object... values) {
        Object[] texts = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = values[i] instanceof Double number ? coordinate(number) : values[i];
        }
        body.append(format.formatted(texts)).append('\n');
    }

    private static String coordinate(double number) {
        return number == Math.rint(number)
                ? String.valueOf(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number);
    }

    private static String dark() {
        StringBuilder rules = new StringBuilder();
        for (Ink ink : Ink.values()) {
            rules.append(".fill-%1$s{fill:%2$s}.stroke-%1$s{stroke:%2$s}".formatted(ink.style(), ink.dark));
        }
        return rules.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
