package io.github.camelfifo.frame;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Checks for {@link Framing} that a delimiter goes with a charset: it must be found in the bytes without decoding them.
 *
 * <p>In UTF-8 this holds for any delimiter, because no character's bytes occur in another character; also in charsets
 * with one byte a character. In other charsets each character of the delimiter must be one byte, and the first byte
 * must never be a part of a longer character. Then a character begins at that byte, another one at the next byte, and
 * so on.
 */
final class DelimiterCharset {

    /** For each charset asked for, the bytes that occur in characters of several bytes. */
    private static final Map<Charset, BitSet> PARTS = new ConcurrentHashMap<>();

    /** In bytes, with shift sequences and byte order mark. */
    private static final int LONGEST_CHARACTER = 32;

    private DelimiterCharset() {}

    /**
     * The delimiter's bytes.
     *
     * @throws IllegalArgumentException if the charset lacks a character, or other characters can contain these bytes;
     *     names both options and what is accepted
     */
    static byte[] encode(String delimiter, Charset charset) {
        if (!charset.canEncode()) {
            throw refusal(delimiter, charset, "that charset can only be read");
        }
        byte[] bytes = encodeStrictly(delimiter, charset);
        if (!new String(bytes, charset).equals(delimiter)) {
            throw refusal(delimiter, charset, "in that charset its bytes stand for something else");
        }
        if (!isFoundByItsBytes(delimiter, bytes, charset)) {
            throw refusal(delimiter, charset, "in that charset its bytes can also be a part of other characters");
        }
        return bytes;
    }

    private static byte[] encodeStrictly(String delimiter, Charset charset) {
        try {
            ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(delimiter));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            IllegalArgumentException refusal = refusal(delimiter, charset, "that charset has no bytes for it");
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static boolean isFoundByItsBytes(String delimiter, byte[] bytes, Charset charset) {
        if (charset.equals(StandardCharsets.UTF_8) || charset.newEncoder().maxBytesPerChar() <= 1) {
            return true;
        }
        boolean ofSingleBytes =
                delimiter.codePoints().allMatch(c -> Character.toString(c).getBytes(charset).length == 1);
        return ofSingleBytes
                && !PARTS.computeIfAbsent(charset, DelimiterCharset::parts).get(Byte.toUnsignedInt(bytes[0]));
    }

    private static BitSet parts(Charset charset) {
        BitSet parts = new BitSet();
        CharsetEncoder encoder = charset.newEncoder();
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_CHARACTER);
        // Planes 0 and 2 have characters of several bytes; other planes follow the same patterns.
        IntStream.concat(IntStream.range(0, 0x10000), IntStream.range(0x20000, 0x30000))
                .forEach(c -> addParts(CharBuffer.wrap(Character.toChars(c)), encoder, bytes.clear(), parts));
        return parts;
    }

    /** Adds the character's bytes if it has several; a character that the charset lacks has none. */
    private static void addParts(CharBuffer character, CharsetEncoder encoder, ByteBuffer bytes, BitSet parts) {
        encoder.reset();
        boolean written = encoder.encode(character, bytes, true).isUnderflow()
                && encoder.flush(bytes).isUnderflow();
        bytes.flip();
        while (written && bytes.limit() > 1 && bytes.hasRemaining()) {
            parts.set(Byte.toUnsignedInt(bytes.get()));
        }
    }

    private static IllegalArgumentException refusal(String delimiter, Charset charset, String why) {
        return new IllegalArgumentException("delimiter=" + Delimiter.format(delimiter) + " does not go with charset="
                + charset + ": " + why + "; UTF-8 and charsets of one byte a character, such as ISO-8859-1, take any"
                + " delimiter whose characters they have");
    }
}
