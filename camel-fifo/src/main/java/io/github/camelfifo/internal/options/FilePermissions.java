package io.github.camelfifo.internal.options;

import java.util.regex.Pattern;

/** Permissions as the option gives them: {@code rw-rw----} or {@code 660}. */
final class FilePermissions {

    private static final Pattern OCTAL = Pattern.compile("0?[0-7]{3}");
    private static final Pattern LETTERS = Pattern.compile("([r-][w-][x-]){3}");

    private FilePermissions() {}

    /**
     * The permission bits, 0 to 0777.
     *
     * @throws IllegalArgumentException when the value is neither form; names the option and the value
     */
    static int parse(String option, String value) {
        String text = value == null ? "" : value;
        if (OCTAL.matcher(text).matches()) {
            return Integer.parseInt(text, 8);
        }
        if (LETTERS.matcher(text).matches()) {
            int bits = 0;
            for (int i = 0; i < text.length(); i++) {
                bits = bits << 1 | (text.charAt(i) == '-' ? 0 : 1);
            }
            return bits;
        }
        throw new IllegalArgumentException(
                option + "=" + value + " is neither of the form rw-rw---- nor three octal digits such as 660");
    }
}
