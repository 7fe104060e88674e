package io.github.camelfifo.examples.livetail;

import java.nio.file.Path;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/** The answer to {@code GET /lines?after=N}, in JSON: the lines after number N, as many as fit. */
final class LinesAnswer {

    /** A browser that is far behind gets the lines in pieces of this size. */
    static final int MAX_LINES = 1_000;

    static final long MAX_BYTES = 256 * 1024;

    private static final String AFTER = "after";

    /** Numbers begin anew with each start of the server; a browser sees it by this. */
    private final String run = UUID.randomUUID().toString();

    private final Path pipe;
    private final RingBuffer lines;

    LinesAnswer(Path pipe, RingBuffer lines) {
        this.pipe = pipe;
        this.lines = lines;
    }

    /** Makes the answer of a request. */
    void answer(Message message) {
        Object after = message.getHeader(AFTER);
        JsonObject json = new JsonObject();
        int status = 200;
        try {
            put(json, lines.after(number(after), MAX_LINES, MAX_BYTES));
        } catch (IllegalArgumentException e) {
            status = 400;
            json.put("error", e.getMessage());
        } catch (IndexOutOfBoundsException e) {
            status = 400;
            json.put("error", AFTER + "=" + after + " is beyond the last line, which is number " + lines.last());
        }
        json.put("run", run);
        json.put("pipe", pipe.toString());
        // or the request's headers would be sent back
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/json; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Content-Security-Policy", "default-src 'none'");
        message.setBody(json.toJson());
    }

    /**
     * What the parameter says.
     *
     * @throws IllegalArgumentException when it says no number that a line can have, nor 0
     */
    private static long number(Object after) {
        if (after == null) {
            throw new IllegalArgumentException(
                    "The parameter " + AFTER + " is missing: the number of the last line that you have, 0 for none");
        }
        String text = after.toString();
        try {
            if (text.matches("[0-9]+")) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException e) {
            // more digits than a number of ours can have
        }
        throw new IllegalArgumentException(
                AFTER + "=" + text + " is not the number of a line: digits, at most " + Long.MAX_VALUE);
    }

    private static void put(JsonObject json, RingBuffer.Piece piece) {
        JsonArray array = new JsonArray();
        for (Line line : piece.lines()) {
            array.add(json(line));
        }
        json.put("lines", array);
        json.put("next", piece.next());
        json.put("missed", piece.missed());
        json.put("more", piece.more());
    }

    private static JsonObject json(Line line) {
        JsonObject json = new JsonObject();
        json.put("number", line.number());
        json.put("millis", line.millis());
        json.put("text", line.text());
        if (line.incomplete()) {
            json.put("incomplete", true);
        }
        if (line.fullLength() > 0) {
            json.put("fullLength", line.fullLength());
        }
        return json;
    }
}
