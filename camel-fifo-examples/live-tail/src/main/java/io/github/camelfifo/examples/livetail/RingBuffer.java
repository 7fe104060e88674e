package io.github.camelfifo.examples.livetail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The last lines. A new line takes the place of the oldest ones, whoever has read them or not, so adding never waits for
 * a reader. Any number of threads may add and read.
 */
final class RingBuffer {

    private final Line[] lines;
    private final long maxBytes;
    /** The number of the newest line, 0 before the first. */
    private long last;
    /** The number of the oldest line that is kept, {@code last + 1} when there is none. */
    private long first = 1;
    /** Of the text that is kept. */
    private long bytes;

    /**
     * An empty one.
     *
     * @param maxLines how many lines are kept at most
     * @param maxBytes how many bytes of text, in UTF-8, are kept at most; the newest line is kept however long it is
     */
    RingBuffer(int maxLines, long maxBytes) {
        this.lines = new Line[maxLines];
        this.maxBytes = maxBytes;
    }

    /**
     * Some lines in a row.
     *
     * @param lines  the oldest first
     * @param missed how many lines before these are not kept any more
     * @param next   the number to ask for next: that of the last line of all that were seen or missed
     * @param more   whether there are more lines already
     */
    record Piece(List<Line> lines, long missed, long next, boolean more) {}

    /**
     * Adds a line as the newest one.
     *
     * @param fullLength in bytes, when the text is only the line's beginning; else 0
     */
    void add(String text, boolean incomplete, long fullLength) {
        long size = size(text);
        long now = System.currentTimeMillis();
        synchronized (this) {
            last++;
            while (first < last && (last - first >= lines.length || bytes + size > maxBytes)) {
                bytes -= size(lines[slot(first)].text());
                lines[slot(first)] = null;
                first++;
            }
            lines[slot(last)] = new Line(last, now, text, incomplete, fullLength);
            bytes += size;
        }
    }

    /**
     * The lines that follow one.
     *
     * @param  after                     the number of the last line that is known, 0 for none
     * @param  pieceLines                how many lines to give at most
     * @param  pieceBytes                how many bytes of text to give at most; the first line comes however long it is
     * @throws IndexOutOfBoundsException when there has been no line of this number yet
     */
    synchronized Piece after(long after, int pieceLines, long pieceBytes) {
        if (after < 0 || after > last) {
            throw new IndexOutOfBoundsException(after);
        }
        long from = Math.max(after + 1, first);
        List<Line> piece = new ArrayList<>();
        long room = pieceBytes;
        for (long number = from; number <= last && piece.size() < pieceLines; number++) {
            Line line = lines[slot(number)];
            room -= size(line.text());
            if (room < 0 && !piece.isEmpty()) {
                break;
            }
            piece.add(line);
        }
        long next = from - 1 + piece.size();
        return new Piece(piece, from - 1 - after, next, next < last);
    }

    /** The number of the newest line, 0 before the first. */
    synchronized long last() {
        return last;
    }

    private int slot(long number) {
        return (int) (number % lines.length);
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
