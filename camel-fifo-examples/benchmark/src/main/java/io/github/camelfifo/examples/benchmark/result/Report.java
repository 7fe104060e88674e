package io.github.camelfifo.examples.benchmark.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a run into a folder: {@code results.csv}, of which all else can be made again, {@code README.md},
 * {@code summary.md} and the charts. The benchmark calls it after each race.
 */
public final class Report {

    private static final String CSV = "results.csv";

    private Report() {}

    /**
     * Writes it, over what was there.
     *
     * @param run what was measured
     * @param findings what that says
     * @param folder made if need be
     * @throws IOException when that is not possible
     */
    public static void write(Run run, Findings findings, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(CSV), Csv.of(run));
        for (Figure figure : findings.figures()) {
            Files.writeString(folder.resolve(figure.file() + ".svg"), Chart.of(figure));
        }
        Files.writeString(folder.resolve("README.md"), MarkdownPage.of(run, findings));
        Files.writeString(folder.resolve("summary.md"), Summary.of(run, findings.highlights()));
    }

    /**
     * Reads a run back.
     *
     * @param folder where it was written
     * @return what was measured then
     * @throws IOException when that is not possible
     */
    public static Run read(Path folder) throws IOException {
        return Csv.read(Files.readString(folder.resolve(CSV)));
    }
}
