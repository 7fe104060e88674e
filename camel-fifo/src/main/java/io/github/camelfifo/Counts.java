package io.github.camelfifo;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Numbers as the options give them. Camel's own conversion takes {@code 1m} for a time and makes it 60000. */
final class Counts {

    private static final List<String> OPTIONS = List.of("lengthFieldSize", "maxBatchSize");
    private static final Pattern COUNT = Pattern.compile("-?\\d{1,9}");

    private Counts() {}

    /**
     * Checks the numbers among an endpoint's parameters, before Camel converts them.
     *
     * @throws IllegalArgumentException naming option and value
     */
    static void check(Map<String, Object> parameters, String path) {
        for (String option : OPTIONS) {
            if (parameters.get(option) instanceof String text
                    && !COUNT.matcher(text).matches()) {
                throw new IllegalArgumentException(option + "=" + text + " is not a whole number (fifo:" + path + ")");
            }
        }
    }
}
