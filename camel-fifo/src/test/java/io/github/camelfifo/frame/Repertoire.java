package io.github.camelfifo.frame;

import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which characters a charset can write and read back. */
final class Repertoire {

    /** Single bytes, several bytes, with and without surrogates, with shift sequences. */
    static final List<String> CHARSETS = List.of(
            "UTF-8",
            "US-ASCII",
            "ISO-8859-1",
            "ISO-8859-15",
            "windows-1252",
            "KOI8-R",
            "Shift_JIS",
            "EUC-JP",
            "ISO-2022-JP",
            "GBK",
            "GB18030",
            "Big5");

    private Repertoire() {}

    /** Every charset of this JVM that goes with lines and can be written. */
    static List<Charset> allForLines() {
        return Charset.availableCharsets().values().stream()
                .filter(Charset::canEncode)
                .filter(Repertoire::goesWithLines)
                .collect(Collectors.toList());
    }

    static boolean goesWithLines(Charset charset) {
        try {
            Framing.LINES.check(Feed.settings(charset, 16));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** The code points that survive the way there and back. */
    static int[] of(Charset charset) {
        return IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
                .filter(c -> survives(Character.toString(c), charset))
                .toArray();
    }

    private static boolean survives(String character, Charset charset) {
        return new String(character.getBytes(charset), charset).equals(character);
    }
}
