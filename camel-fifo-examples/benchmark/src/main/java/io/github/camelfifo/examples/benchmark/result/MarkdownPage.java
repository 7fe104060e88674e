package io.github.camelfifo.examples.benchmark.result;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The results for people: the goals first, then each race with its charts and numbers. */
final class MarkdownPage {

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    private MarkdownPage(Results results) {
        this.results = results;
    }

    /** The whole page. */
    static String of(Run run, Findings findings) {
        MarkdownPage page = new MarkdownPage(run.results());
        page.add("# Results\n\n");
        page.add(facts(run) + "\n\n");
        page.add("All numbers are medians of the rounds. The contestants took turns, and a ratio is the median of the"
                + " ratios in the same round. Charts round to what the rounds agree on.\n\n");
        page.add("## Goals\n\nThey were set before it was measured.\n\n");
        page.add(goals(findings.goals()));
        for (String race : run.results().races()) {
            page.race(race, findings.figures());
        }
        page.skipped();
        return page.page.toString();
    }

    static String facts(Run run) {
        return run.facts().entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining("; ", "Measured: ", "."));
    }

    private static String goals(List<Goal> goals) {
        return goals.stream()
                .map(MarkdownPage::row)
                .collect(Collectors.joining("", "| what | goal | measured | |\n|---|---|---|---|\n", ""));
    }

    private static String row(Goal goal) {
        OptionalDouble measured = goal.measured();
        String number = measured.isPresent() ? Numbers.text(measured.getAsDouble(), goal.unit()) : "not measured";
        String verdict = measured.isEmpty() ? "" : goal.isReached() ? "reached" : "**falls short**";
        return "| " + goal.what() + " | " + goal.boundInWords() + " | " + number + " | " + verdict + " |\n";
    }

    private void race(String race, List<Figure> figures) {
        add("\n## " + capitalised(race) + "\n\n");
        for (Figure figure : figures) {
            if (figure.race().equals(race)) {
                add("![%s](%s.svg)\n\n".formatted(figure.title(), figure.file()));
            }
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
