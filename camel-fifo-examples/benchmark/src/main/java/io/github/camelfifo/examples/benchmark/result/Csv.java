package io.github.camelfifo.examples.benchmark.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything about a run, one number a line, for other programs, and for {@link Report} to make its pages again. */
final class Csv {

    private static final String REMARK = "# ";
    private static final String LEFT_OUT = "left out";
    private static final String HEADER = "race,contestant,measure,unit,value";
    private static final Pattern FIELD = Pattern.compile("(?:\"((?:[^\"]|\"\")*)\"|([^,]*))(?:,|$)");

    private Csv() {}

    static String of(Run run) {
        Stream<String> facts = run.facts().entrySet().stream().map(fact -> remark(fact.getKey(), fact.getValue()));
        Stream<String> skipped = run.results().skipped().stream()
                .map(left -> remark(LEFT_OUT, left.race() + "; " + left.contestant() + "; " + left.reason()));
        Stream<String> samples = run.results().samples().stream().map(Csv::line);
        return Stream.of(facts, skipped, Stream.of(HEADER + "\n"), samples)
                .flatMap(lines -> lines)
                .collect(Collectors.joining());
    }

    static Run read(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        Results results = new Results();
        for (String line : text.lines().toList()) {
            if (line.startsWith(REMARK)) {
                readRemark(line.substring(REMARK.length()), facts, results);
            } else if (!line.equals(HEADER)) {
                results.add(sample(line));
            }
        }
        return new Run(facts, results);
    }

    private static void readRemark(String remark, Map<String, String> facts, Results results) {
        String[] keyAndValue = remark.split(": ", 2);
        if (keyAndValue[0].equals(LEFT_OUT)) {
            String[] parts = keyAndValue[1].split("; ", 3);
            results.skip(parts[0], parts[1], parts[2]);
        } else {
            facts.put(keyAndValue[0], keyAndValue[1]);
        }
    }

    private static Sample sample(String line) {
        List<String> fields = new ArrayList<>();
        Matcher field = FIELD.matcher(line);
        while (field.find() && fields.size() < 5) {
            fields.add(field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\""));
        }
        return new Sample(
                fields.get(0), fields.get(1), fields.get(2), fields.get(3), Double.parseDouble(fields.get(4)));
    }

    private static String remark(String key, String value) {
        return REMARK + key + ": " + value.replaceAll("\\s+", " ") + "\n";
    }

    private static String line(Sample sample) {
        return Stream.concat(
                        List.of(sample.race(), sample.contestant(), sample.measure(), sample.unit()).stream()
                                .map(Csv::quoted),
                        Stream.of(String.valueOf(sample.value())))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
