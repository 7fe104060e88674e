package io.github.camelfifo.examples.benchmark.result;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything that was measured, one number a line, for other programs. */
final class Csv {

    private Csv() {}

    static String of(Results results) {
        Stream<String> header = Stream.of("race,contestant,measure,unit,value\n");
        return Stream.concat(header, results.samples().stream().map(Csv::line)).collect(Collectors.joining());
    }

    private static String line(Sample sample) {
        return Stream.concat(
                        List.of(sample.race(), sample.contestant(), sample.measure(), sample.unit()).stream()
                                .map(Csv::quoted),
                        Stream.of(String.valueOf(sample.value())))
                .collect(Collectors.joining(",", "", "\n"));
    }

    private static String quoted(String text) {
        boolean plain = text.chars().noneMatch(character -> character == ',' || character == '"' || character == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
