package io.github.camelfifo.frame;

import java.util.HexFormat;

/** Reads the option {@code delimiter}, in which users escape some characters. The check of the options calls it. */
public final class Delimiter {

    private static final String ACCEPTED =
            "accepted are one or more characters, with \\n \\r \\t \\0 \\\\ and \\xHH for"
                    + " the character of that hexadecimal number";

    private static final int HEX_DIGITS = 2;

    private Delimiter() {}

    /**
     * Reads the option.
     *
     * @param option as the user wrote it: one or more characters, where <code>\n</code>, <code>\r</code>,
     *     <code>\t</code>, <code>\0</code> and <code>\\</code> mean the same as in Java, and <code>\xHH</code> means
     *     the character U+00HH (UTF-8, for example, writes it as two bytes from 80 on)
     * @return the delimiter's characters
     * @throws IllegalArgumentException if it is empty or has another escape; the message names the option, its value
     *     and what is accepted
     */
    public static String parse(String option) {
        if (option.isEmpty()) {
            throw refusal(option, "is empty");
        }
        StringBuilder delimiter = new StringBuilder(option.length());
        for (int i = 0; i < option.length(); i++) {
            char c = option.charAt(i);
            if (c == '\\') {
                i++;
                delimiter.append(unescape(option, i));
                i += i < option.length() && option.charAt(i) == 'x' ? HEX_DIGITS : 0;
            } else {
                delimiter.append(c);
            }
        }
        return delimiter.toString();
    }

    /** The delimiter with escapes for invisible characters, for messages. */
    static String format(String delimiter) {
        StringBuilder option = new StringBuilder();
        delimiter.chars().forEach(c -> option.append(escape((char) c)));
        return option.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\0' -> "\\0";
            case '\\' -> "\\\\";
            default ->
                Character.isISOControl(c)
                        ? "\\x" + HexFormat.of().withUpperCase().toHexDigits((byte) c)
                        : String.valueOf(c);
        };
    }

    /** The character for the escape whose backslash stands before {@code index}. */
    private static char unescape(String option, int index) {
        if (index == option.length()) {
            throw refusal(option, "ends with a lone \\");
        }
        return switch (option.charAt(index)) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            case '\\' -> '\\';
            case 'x' -> hex(option, index + 1);
            default -> throw refusal(option, "has the unknown escape \\" + option.charAt(index));
        };
    }

    private static char hex(String option, int from) {
        int to = from + HEX_DIGITS;
        boolean isHex =
                to <= option.length() && option.substring(from, to).chars().allMatch(HexFormat::isHexDigit);
        if (!isHex) {
            throw refusal(option, "has \\x without two hexadecimal digits");
        }
        return (char) HexFormat.fromHexDigits(option, from, to);
    }

    private static IllegalArgumentException refusal(String option, String what) {
        return new IllegalArgumentException("delimiter=" + option + " " + what + "; " + ACCEPTED);
    }
}
