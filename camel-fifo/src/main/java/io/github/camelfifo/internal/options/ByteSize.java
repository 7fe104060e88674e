package io.github.camelfifo.internal.options;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads sizes: a whole number of bytes, or with {@code k}, {@code m} or {@code g} of 1024, 1024² or 1024³ bytes.
 * {@link OptionReader} calls it, because Camel's own conversion reads {@code 1k} as a duration of 0.
 */
final class ByteSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,10})([kmgKMG]?)");
    private static final Map<String, Integer> SHIFTS = Map.of("", 0, "k", 10, "m", 20, "g", 30);

    private ByteSize() {}

    /**
     * {@return the number of bytes}
     *
     * @throws IllegalArgumentException when the value is not a size from 1 to {@code max}; names option and value
     */
    static int parse(String option, String value, int max) {
        Matcher matcher = SIZE.matcher(value == null ? "" : value.trim());
        long bytes = matcher.matches()
                ? Long.parseLong(matcher.group(1))
                        << SHIFTS.get(matcher.group(2).toLowerCase(Locale.ROOT))
                : 0;
        if (bytes < 1 || bytes > max) {
            throw new IllegalArgumentException(option + "=" + value + " is not a size from 1 to " + max
                    + " bytes, given in bytes or with k, m or g, such as 65536, 64k or 1m");
        }
        return (int) bytes;
    }
}
