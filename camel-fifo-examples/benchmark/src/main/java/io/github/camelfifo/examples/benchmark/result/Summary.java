package io.github.camelfifo.examples.benchmark.result;

import java.util.List;
import java.util.stream.Collectors;

/** What the project's README shows: what a user would ask for, and in a sentence what of that falls short. */
final class Summary {

    private Summary() {}

    static String of(Run run, List<Highlight> highlights) {
        String rows = highlights.stream().map(Summary::row).collect(Collectors.joining());
        return "| | camel-fifo | in comparison |\n|---|---|---|\n" + rows + "\n" + shortfalls(highlights)
                + MarkdownPage.facts(run) + "\n";
    }

    private static String row(Highlight highlight) {
        return "| %s | %s | %s |\n".formatted(highlight.question(), highlight.answer(), highlight.comparison());
    }

    private static String shortfalls(List<Highlight> highlights) {
        List<Goal> missed = highlights.stream()
                .flatMap(highlight -> highlight.goals().stream())
                .filter(goal -> goal.measured().isPresent() && !goal.isReached())
                .toList();
        if (missed.isEmpty()) {
            return "";
        }
        return missed.stream()
                .map(Summary::shortfall)
                .collect(Collectors.joining("; ", "Short of their goals: ", ".\n\n"));
    }

    private static String shortfall(Goal goal) {
        String number = Numbers.text(goal.measured().orElseThrow(), goal.unit());
        String measured = goal.other().isEmpty() ? number : number + " × " + goal.other();
        return "%s, %s (goal: %s)".formatted(goal.subject(), measured, goal.boundInWords());
    }
}
