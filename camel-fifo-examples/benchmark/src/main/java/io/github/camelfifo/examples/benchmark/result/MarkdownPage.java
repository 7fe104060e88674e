package io.github.camelfifo.examples.benchmark.result;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The results for people: the goals first, then each race with a chart. */
final class MarkdownPage {

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    private MarkdownPage(Results results) {
        this.results = results;
    }

    /** The whole page; {@code charts} has the file name of each race's chart that there is. */
    static String of(Results results, List<Goal> goals, Map<String, String> facts, Map<String, String> charts) {
        MarkdownPage page = new MarkdownPage(results);
        page.add("# Results\n\n");
        page.add(facts(facts) + "\n\n");
        page.add("Medians of several rounds; the contestants took turns, and a ratio is the median of the ratios in the"
                + " same round.\n\n");
        page.add(goals(goals) + "\n");
        for (String race : results.races()) {
            page.race(race, charts.get(race));
        }
        page.skipped();
        return page.page.toString();
    }

    /** What the README shows. */
    static String summary(List<Goal> goals, Map<String, String> facts) {
        return facts(facts) + "\n\n" + goals(goals);
    }

    private static String facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining("; ", "Measured: ", "."));
    }

    private static String goals(List<Goal> goals) {
        return goals.stream()
                .map(MarkdownPage::row)
                .collect(Collectors.joining("", "| what | goal | measured | |\n|---|---|---|---|\n", ""));
    }

    private static String row(Goal goal) {
        String bound = (goal.atLeast() ? "at least " : "at most ") + Numbers.text(goal.bound(), goal.unit());
        OptionalDouble measured = goal.measured();
        String number = measured.isPresent() ? Numbers.text(measured.getAsDouble(), goal.unit()) : "not measured";
        String verdict = measured.isEmpty() ? "" : goal.isReached() ? "reached" : "**falls short**";
        return "| " + goal.what() + " | " + bound + " | " + number + " | " + verdict + " |\n";
    }

    private void race(String race, String chart) {
        add("\n## " + capitalised(race) + "\n\n");
        if (chart != null) {
            add("![" + race + "](" + chart + ")\n\n");
        }
        String first = results.contestants(race).iterator().next();
        boolean compares = results.contestants(race).size() > 1;
        add("| contestant | measure | median | least | most |" + (compares ? " " + first + " in relation |" : "")
                + "\n");
        add("|---|---|---|---|---|" + (compares ? "---|" : "") + "\n");
        for (String contestant : results.contestants(race)) {
            for (String measure : results.measures(race)) {
                numbers(race, contestant, measure, compares ? first : null);
            }
        }
    }

    private void numbers(String race, String contestant, String measure, String first) {
        double[] values = results.values(race, contestant, measure);
        if (values.length == 0) {
            return;
        }
        String unit = results.unit(race, measure);
        double median = Results.median(values).orElseThrow();
        add("| " + contestant + " | " + measure + " | " + Numbers.text(median, unit) + " | "
                + Numbers.text(Arrays.stream(values).min().orElseThrow()) + " | "
                + Numbers.text(Arrays.stream(values).max().orElseThrow()) + " |");
        if (first != null) {
            OptionalDouble ratio = results.ratio(race, first, contestant, measure);
            add(ratio.isPresent() && !contestant.equals(first) ? " " + Numbers.text(ratio.getAsDouble()) + " |" : " |");
        }
        add("\n");
    }

    private void skipped() {
        if (results.skipped().isEmpty()) {
            return;
        }
        add("\n## Left out\n\n");
        for (Results.Skipped skipped : results.skipped()) {
            add("- " + skipped.race() + ", " + skipped.contestant() + ": " + skipped.reason() + "\n");
        }
    }

    private void add(String text) {
        page.append(text);
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
