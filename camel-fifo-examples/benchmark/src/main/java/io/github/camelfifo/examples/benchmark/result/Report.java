package io.github.camelfifo.examples.benchmark.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes results into a folder: {@code results.csv}, {@code README.md}, {@code summary.md} and the charts. */
public final class Report {

    private Report() {}

    /**
     * Writes it, over what was there.
     *
     * @param results what was measured
     * @param goals what was to be reached
     * @param folder made if need be
     * @throws IOException when that is not possible
     */
    public static void write(Results results, List<Goal> goals, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("results.csv"), Csv.of(results));
        Map<String, String> facts = Machine.facts();
        Map<String, String> charts = Charts.draw(results, folder);
        Files.writeString(folder.resolve("README.md"), MarkdownPage.of(results, goals, facts, charts));
        Files.writeString(folder.resolve("summary.md"), MarkdownPage.summary(goals, facts));
    }
}
