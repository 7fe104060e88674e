package io.github.camelfifo.testing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a frame that tells who wrote it, which of his it is, and whether it is whole: writer and number stand at both
 * ends, a filler between. A shell can make one too.
 *
 * @param writer from 0
 * @param number from 1
 * @param text all of it
 */
public record NumberedFrame(int writer, long number, String text) {

    private static final Pattern WHOLE = Pattern.compile("(\\d{1,9})-(\\d{1,18}):x*:(\\d{1,9}-\\d{1,18})");

    /** A frame with a filler of so many characters. */
    public static NumberedFrame of(int writer, long number, int filler) {
        String name = writer + "-" + number;
        return new NumberedFrame(writer, number, name + ":" + "x".repeat(filler) + ":" + name);
    }

    /** The frame that a text or bytes are; null when they are no whole frame. */
    public static NumberedFrame parse(Object body) {
        String text =
                body instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : String.valueOf(body);
        Matcher matcher = WHOLE.matcher(text);
        if (!matcher.matches() || !matcher.group(3).equals(matcher.group(1) + "-" + matcher.group(2))) {
            return null;
        }
        return new NumberedFrame(Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)), text);
    }
}
