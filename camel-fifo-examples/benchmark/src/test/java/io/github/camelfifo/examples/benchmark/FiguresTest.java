package io.github.camelfifo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.benchmark.result.Figure;
import io.github.camelfifo.examples.benchmark.result.Figure.Side;
import io.github.camelfifo.examples.benchmark.result.Results;
import io.github.camelfifo.examples.benchmark.result.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the charts say is what was measured, whoever is ahead. */
class FiguresTest {

    private final Results results = new Results();

    @Test
    void whenWeWinTheTitleSaysSo() {
        lines(1_449_486, 1_152_812);

        assertThat(only().title()).isEqualTo("camel-fifo reads 1.3 times as many lines a second as camel-stream");
    }

    @Test
    void whenWeLoseTheTitleSaysSo() {
        lines(900_000, 1_200_000);

        assertThat(only().title()).isEqualTo("camel-fifo reads only 0.75 times as many lines a second as camel-stream");
    }

    @Test
    void whenNobodyIsAheadTheTitleSaysSo() {
        lines(1_010_000, 1_000_000);

        assertThat(only().title()).isEqualTo("camel-fifo reads as many lines a second as camel-stream");
    }

    @Test
    void anExchangeALineIsComparedWithItsLikeAndTheMostIsAtTheTop() {
        lines(1_449_486, 1_152_812);
        add(LineRaces.LINES, LineRaces.PYTHON, 8_000_000);

        assertThat(only().groups().get(0).rows())
                .extracting(Figure.Row::name, Figure.Row::side)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(LineRaces.LIMIT, Side.CEILING),
                        org.assertj.core.api.Assertions.tuple(LineRaces.FIFO, Side.OURS),
                        org.assertj.core.api.Assertions.tuple(LineRaces.STREAM, Side.OTHERS));
    }

    @Test
    void batchesAreComparedWithThoseWhoGetEachLine() {
        add(LineRaces.BATCHES, LineRaces.FIFO, 11_000_000);
        add(LineRaces.BATCHES, LineRaces.BUFFERED_READER, 22_000_000);
        add(LineRaces.BATCHES, LineRaces.PYTHON, 8_000_000);
        add(LineRaces.BATCHES, LineRaces.WC, 50_000_000);

        assertThat(only().title())
                .isEqualTo("In batches, camel-fifo reads only 0.50 times as many lines a second as Java BufferedReader,"
                        + " and 1.4 times as many as python3");
        assertThat(only().groups().get(0).rows().get(0).side()).isEqualTo(Side.CEILING);
    }

    @Test
    void whoWasLeftOutIsNotInTheTitle() {
        add(LineRaces.BATCHES, LineRaces.FIFO, 11_000_000);
        add(LineRaces.BATCHES, LineRaces.BUFFERED_READER, 8_000_000);

        assertThat(only().title())
                .isEqualTo("In batches, camel-fifo reads 1.4 times as many lines a second as Java BufferedReader");
    }

    @Test
    void bytesAreOnOneChartForBothSizes() {
        add(ByteRaces.SMALL, ByteRaces.FIFO, 1.2e9);
        add(ByteRaces.SMALL, ByteRaces.CAT, 1e9);
        add(ByteRaces.LARGE, ByteRaces.FIFO, 1.8e9);
        add(ByteRaces.LARGE, ByteRaces.CAT, 2e9);

        assertThat(only().title())
                .isEqualTo("camel-fifo reads 1.2 times as many bytes a second as cat in chunks of 64 KiB,"
                        + " and only 0.90 times as many in chunks of 1 MiB");
        assertThat(only().groups()).extracting(Figure.Group::heading).hasSize(2);
    }

    @Test
    void latencyHasTheSoonestAtTheTop() {
        for (String measure : List.of("p50", "p99")) {
            results.add(new Sample(LatencyRace.STEADY, LatencyRace.FIFO, measure, "µs", 17));
            results.add(new Sample(LatencyRace.STEADY, LatencyRace.BLOCKED, measure, "µs", 5));
            results.add(new Sample(LatencyRace.STEADY, LineRaces.STREAM, measure, "µs", 1_020));
        }

        assertThat(only().title())
                .isEqualTo("A line is in the route after 17 µs, 60 times sooner than with camel-stream");
        assertThat(only().groups().get(0).rows())
                .extracting(Figure.Row::name)
                .containsExactly(LatencyRace.BLOCKED, LatencyRace.FIFO, LineRaces.STREAM);
    }

    @Test
    void aFolderIsComparedWithOnePipe() {
        results.add(new Sample(FolderRace.NAME, FolderRace.FOLDER, FolderRace.ONE_WRITER, "lines/s", 1_800_000));
        results.add(new Sample(FolderRace.NAME, FolderRace.ONE_PIPE, FolderRace.ONE_WRITER, "lines/s", 1_200_000));

        assertThat(only().title())
                .isEqualTo("From 1,000 pipes of a folder, one consumer reads 1.5 times as many lines a second as from"
                        + " one");
    }

    @Test
    void thereIsNoChartOfWhatIsNotComparedWithAnything() {
        add(LineRaces.LINES, LineRaces.FIFO, 1_000_000);
        add(LineRaces.BATCHES, LineRaces.PYTHON, 1_000_000);
        add(LineRaces.BATCHES, LineRaces.BUFFERED_READER, 1_000_000);

        assertThat(Figures.of(results)).isEmpty();
    }

    private Figure only() {
        List<Figure> figures = Figures.of(results);
        assertThat(figures).hasSize(1);
        return figures.get(0);
    }

    private void lines(double ours, double theirs) {
        add(LineRaces.LINES, LineRaces.FIFO, ours);
        add(LineRaces.LINES, LineRaces.STREAM, theirs);
        add(LineRaces.LINES, LineRaces.LIMIT, 2_000_000);
    }

    private void add(String race, String contestant, double rate) {
        results.add(new Sample(
                race, contestant, ThroughputRace.RATE, race.startsWith("chunks") ? "bytes/s" : "lines/s", rate));
    }
}
