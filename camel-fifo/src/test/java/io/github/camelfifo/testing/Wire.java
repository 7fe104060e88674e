package io.github.camelfifo.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** How numbered frames stand in a FIFO, for each framing. Where there are no frames, each is a line. */
public enum Wire {
    LINES("framing=LINES"),
    DELIMITED("framing=DELIMITED&delimiter=|end|"),
    FIXED("framing=FIXED&frameLength=100"),
    LENGTH_PREFIXED("framing=LENGTH_PREFIXED&lengthFieldSize=2"),
    CHUNKS("framing=CHUNKS"),
    SESSION("framing=SESSION&maxFrameLength=64m");

    private static final int FIXED_LENGTH = 100;
    private static final String DELIMITER = "|end|";
    private static final int LENGTH_FIELD = 2;

    private final String options;

    Wire(String options) {
        this.options = options;
    }

    /** Of an endpoint. */
    public String options() {
        return options;
    }

    /** Whether a message is a frame; otherwise it is any part of a stream of lines. */
    public boolean hasFrames() {
        return this != CHUNKS && this != SESSION;
    }

    /** The text of a frame, with a filler of so many characters where its length is free. */
    public String text(int writer, long number, int filler) {
        int bare = NumberedFrame.of(writer, number, 0).text().length();
        return NumberedFrame.of(writer, number, this == FIXED ? FIXED_LENGTH - bare : filler)
                .text();
    }

    /** What a producer is sent for a frame. */
    public String body(int writer, long number, int filler) {
        return text(writer, number, filler) + (hasFrames() ? "" : "\n");
    }

    /** The bytes of a frame in the FIFO. */
    public byte[] bytes(int writer, long number, int filler) {
        String text = text(writer, number, filler);
        return switch (this) {
            case LINES, CHUNKS, SESSION -> ascii(text + "\n");
            case DELIMITED -> ascii(text + DELIMITER);
            case FIXED -> ascii(text);
            case LENGTH_PREFIXED ->
                ByteBuffer.allocate(LENGTH_FIELD + text.length())
                        .putShort((short) text.length())
                        .put(ascii(text))
                        .array();
        };
    }

    /** How long the frame is that begins at an index, its end included; 0 when it is not complete. */
    public int frameLength(byte[] bytes, int from) {
        int there = bytes.length - from;
        return switch (this) {
            case LINES, CHUNKS, SESSION -> lengthUpTo(bytes, from, "\n");
            case DELIMITED -> lengthUpTo(bytes, from, DELIMITER);
            case FIXED -> there < FIXED_LENGTH ? 0 : FIXED_LENGTH;
            case LENGTH_PREFIXED -> {
                int length = there < LENGTH_FIELD
                        ? Integer.MAX_VALUE
                        : LENGTH_FIELD
                                + Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(from));
                yield there < length ? 0 : length;
            }
        };
    }

    /** The text of a frame of so many bytes, its end included. */
    public String text(byte[] frame) {
        String text = new String(frame, StandardCharsets.US_ASCII);
        return switch (this) {
            case LINES, CHUNKS, SESSION -> text.substring(0, text.length() - 1);
            case DELIMITED -> text.substring(0, text.length() - DELIMITER.length());
            case FIXED -> text;
            case LENGTH_PREFIXED -> text.substring(LENGTH_FIELD);
        };
    }

    private static int lengthUpTo(byte[] bytes, int from, String end) {
        int at = new String(bytes, from, bytes.length - from, StandardCharsets.US_ASCII).indexOf(end);
        return at < 0 ? 0 : at + end.length();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
