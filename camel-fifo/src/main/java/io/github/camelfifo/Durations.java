package io.github.camelfifo;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Times as the options give them: milliseconds, or such as {@code 30s} and {@code 1h30m}. Camel's own conversion leaves out
 * what it does not understand, which would make {@code later} a time of 0, for ever.
 */
final class Durations {

    private static final List<String> OPTIONS =
            List.of("readerTimeout", "writeTimeout", "requestTimeout", "retryDelay", "checkInterval");
    private static final Pattern DURATION =
            Pattern.compile("-?\\d{1,18}|(?=.)(\\d+d)?(\\d+h)?(\\d+m)?(\\d+s)?(\\d+ms)?");

    private Durations() {}

    /**
     * Checks the times among an endpoint's parameters, before Camel converts them.
     *
     * @throws IllegalArgumentException naming option and value and what is accepted
     */
    static void check(Map<String, Object> parameters, String path) {
        for (String option : OPTIONS) {
            if (parameters.get(option) instanceof String text
                    && !DURATION.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        option + "=" + text + " is not a time, in milliseconds or such as 30s (fifo:" + path + ")");
            }
        }
    }
}
