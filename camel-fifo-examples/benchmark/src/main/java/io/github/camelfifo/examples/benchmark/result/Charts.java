package io.github.camelfifo.examples.benchmark.result;

import java.awt.Color;
import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartFactory;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.StandardChartTheme;
import org.jfree.chart.labels.StandardCategoryItemLabelGenerator;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.DefaultCategoryDataset;
import org.w3c.dom.Document;

/** One SVG picture a race: the medians as bars. */
final class Charts {

    private static final String SVG = "http://www.w3.org/2000/svg";
    private static final int WIDTH = 800;
    private static final int BAR_HEIGHT = 26;
    private static final int FRAME_HEIGHT = 120;
    private static final double ROOM_FOR_LABELS = 0.2;
    private static final int ROOM_FOR_LAST_TICK = 40;

    private Charts() {}

    /** Draws them into a folder; the file of each race that has a chart, for its measures are of one kind. */
    static Map<String, String> draw(Results results, Path folder) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Map<String, String> files = new LinkedHashMap<>();
        for (String race : results.races()) {
            if (hasOneUnit(results, race)) {
                String file = race.replaceAll("[^a-zA-Z0-9]+", "-") + ".svg";
                int bars = results.contestants(race).size()
                        * results.measures(race).size();
                write(chart(results, race), FRAME_HEIGHT + bars * BAR_HEIGHT, folder.resolve(file));
                files.put(race, file);
            }
        }
        return files;
    }

    private static boolean hasOneUnit(Results results, String race) {
        Set<String> measures = results.measures(race);
        return measures.stream()
                        .map(measure -> results.unit(race, measure))
                        .distinct()
                        .count()
                == 1;
    }

    /** One group of bars for each contestant, one colour for each measure. */
    private static JFreeChart chart(Results results, String race) {
        List<String> measures = List.copyOf(results.measures(race));
        DefaultCategoryDataset medians = new DefaultCategoryDataset();
        for (String measure : measures) {
            for (String contestant : results.contestants(race)) {
                results.median(race, contestant, measure)
                        .ifPresent(median -> medians.addValue(median, measure, contestant));
            }
        }
        JFreeChart chart = ChartFactory.createBarChart(
                race,
                null,
                results.unit(race, measures.get(0)),
                medians,
                PlotOrientation.HORIZONTAL,
                measures.size() > 1,
                false,
                false);
        style(chart);
        return chart;
    }

    private static void style(JFreeChart chart) {
        StandardChartTheme theme = (StandardChartTheme) StandardChartTheme.createJFreeTheme();
        theme.setExtraLargeFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        theme.setLargeFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        theme.setRegularFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        theme.apply(chart);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(0, 0, 0, ROOM_FOR_LAST_TICK));
        CategoryPlot plot = chart.getCategoryPlot();
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(Color.LIGHT_GRAY);
        plot.getRangeAxis().setUpperMargin(ROOM_FOR_LABELS);
        BarRenderer bars = (BarRenderer) plot.getRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setDefaultItemLabelGenerator(new StandardCategoryItemLabelGenerator(
                "{2}", new DecimalFormat("#,##0.#", DecimalFormatSymbols.getInstance(Locale.ROOT))));
        bars.setDefaultItemLabelsVisible(true);
    }

    private static void write(JFreeChart chart, int height, Path file) throws IOException {
        SVGGraphics2D graphics = new SVGGraphics2D(document());
        graphics.setSVGCanvasSize(new java.awt.Dimension(WIDTH, height));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, WIDTH, height));
        try (Writer writer = Files.newBufferedWriter(file)) {
            graphics.stream(writer, true);
        }
        graphics.dispose();
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }
}
