package io.github.camelfifo.internal.options;

import java.util.regex.Pattern;

/** Reads permissions such as {@code rw-rw----} or {@code 660}; for {@link OptionReader}. */
final class FilePermissions {

    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
    private static final Pattern LETTERS = Pattern.compile("([r-][w-][x-]){3}");

    private FilePermissions() {}

    /**
     * {@return the permission bits, 0 to 0777}
     *
     * @throws IllegalArgumentException when the value has neither form; names option and value
     */
    static int parse(String option, String value) {
        String text = value == null ? "" : value;
        if (OCTAL.matcher(text).matches()) {
            return Integer.parseInt(text, 8);
        }
        if (LETTERS.matcher(text).matches()) {
            return Integer.parseInt(text.replace('-', '0').replaceAll("[rwx]", "1"), 2);
        }
        throw new IllegalArgumentException(
                option + "=" + value + " is neither of the form rw-rw---- nor three octal digits such as 660");
    }
}
