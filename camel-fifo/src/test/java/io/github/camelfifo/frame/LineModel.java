package io.github.camelfifo.frame;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What LINES means, said the slow and plain way for a whole spell of writers: what a decoder is measured by. */
final class LineModel {

    private final Charset charset;
    private final int maxFrameLength;

    LineModel(Charset charset, int maxFrameLength) {
        this.charset = charset;
        this.maxFrameLength = maxFrameLength;
    }

    List<Object> events(byte[] stream) {
        List<Object> events = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b : stream) {
            if (b == '\n') {
                byte[] content = withoutCarriageReturn(line.toByteArray());
                events.add(content.length > maxFrameLength ? Feed.TOO_LONG : new Frame(text(content), false));
                line.reset();
            } else {
                line.write(b);
            }
        }
        byte[] rest = line.toByteArray();
        if (rest.length > 0) {
            // At the end of the stream a last \r is content, but not what makes a frame too long.
            boolean tooLong = withoutCarriageReturn(rest).length > maxFrameLength;
            events.add(tooLong ? Feed.TOO_LONG : new Frame(text(rest), true));
        }
        return events;
    }

    private String text(byte[] bytes) {
        return new String(bytes, charset);
    }

    private static byte[] withoutCarriageReturn(byte[] line) {
        boolean ends = line.length > 0 && line[line.length - 1] == '\r';
        return ends ? Arrays.copyOf(line, line.length - 1) : line;
    }
}
