package io.github.camelfifo.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What each framing and each policy means, computed slowly and plainly for a whole session. Tests compare decoders with
 * it. Text that is cut has to be UTF-8.
 */
final class FrameModel {

    private final Framing framing;
    private final FrameSettings settings;
    private final byte[] delimiter;
    private final boolean isText;

    /** A frame's bytes. */
    private static final class Content {

        final byte[] bytes;
        final boolean incomplete;

        /** How many of the last bytes may have been the beginning of the frame's end. */
        final int tail;

        /** How long the frame was said to be. */
        final long announced;

        Content(byte[] bytes, boolean incomplete, int tail, long announced) {
            this.bytes = bytes;
            this.incomplete = incomplete;
            this.tail = tail;
            this.announced = announced;
        }

        static Content ended(byte[] bytes) {
            return new Content(bytes, false, 0, bytes.length);
        }

        static Content unended(byte[] bytes, int tail) {
            return new Content(bytes, true, tail, bytes.length - tail);
        }

        int sureLength() {
            return bytes.length - tail;
        }
    }

    FrameModel(Framing framing, FrameSettings settings) {
        this.framing = framing;
        this.settings = settings;
        this.delimiter = settings.delimiter().getBytes(settings.charset());
        this.isText = settings.bodyType().isText(framing == Framing.LINES || framing == Framing.DELIMITED);
    }

    /** As {@link Feed#readable()}. */
    List<Object> events(byte[] stream) {
        List<Content> contents = switch (framing) {
            case LINES -> lines(stream);
            case DELIMITED -> delimited(stream, delimiter);
            case FIXED -> fixed(stream);
            case LENGTH_PREFIXED -> lengthPrefixed(stream);
            case SESSION -> stream.length == 0 ? List.of() : List.of(Content.ended(stream));
            case CHUNKS -> throw new UnsupportedOperationException("chunks depend on reads");
        };
        List<Object> events = new ArrayList<>();
        for (Content content : contents) {
            events.addAll(events(content));
        }
        return events.stream().map(Feed::readable).toList();
    }

    private List<Object> events(Content content) {
        int max = settings.maxFrameLength();
        if (settings.oversizedFrame() == OversizedFrame.FAIL && content.announced > max) {
            return List.of(Feed.TOO_LONG);
        }
        if (content.sureLength() > max) {
            return settings.oversizedFrame() == OversizedFrame.SPLIT ? pieces(content) : List.of(head(content));
        }
        if (content.bytes.length == 0 && !content.incomplete && settings.skipEmptyFrames()) {
            return List.of();
        }
        return List.of(new Frame(body(content.bytes), FrameMark.ending(content.incomplete)));
    }

    private Frame head(Content content) {
        byte[] head = Arrays.copyOf(content.bytes, cut(content.bytes, settings.maxFrameLength()));
        return new Frame(body(head), FrameMark.truncated(content.bytes.length, content.incomplete));
    }

    private List<Object> pieces(Content content) {
        List<Object> pieces = new ArrayList<>();
        byte[] rest = content.bytes;
        while (rest.length - content.tail > settings.maxFrameLength()) {
            int length = cut(rest, settings.maxFrameLength());
            for (int longer = settings.maxFrameLength(); length == 0; longer++) {
                length = cut(rest, longer);
            }
            if (length >= rest.length - content.tail) {
                break;
            }
            pieces.add(new Frame(body(Arrays.copyOf(rest, length)), FrameMark.fragment(pieces.size())));
            rest = Arrays.copyOfRange(rest, length, rest.length);
        }
        FrameMark mark = pieces.isEmpty()
                ? FrameMark.ending(content.incomplete)
                : FrameMark.lastFragment(pieces.size(), content.incomplete);
        pieces.add(new Frame(body(rest), mark));
        return pieces;
    }

    /** The largest length up to {@code wanted} at which no character is cut. */
    private int cut(byte[] bytes, int wanted) {
        int length = Math.min(wanted, bytes.length);
        while (isText && length > 0 && length < bytes.length && (bytes[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private Object body(byte[] bytes) {
        return isText ? new String(bytes, settings.charset()) : bytes;
    }

    private static List<Content> lines(byte[] stream) {
        return delimited(stream, new byte[] {'\n'}).stream()
                .map(FrameModel::withoutCarriageReturn)
                .toList();
    }

    private static Content withoutCarriageReturn(Content line) {
        byte[] bytes = line.bytes;
        boolean ends = bytes.length > 0 && bytes[bytes.length - 1] == '\r';
        if (!ends) {
            return line;
        }
        // At the end of the stream a last \r is content, but not what makes a frame too long.
        return line.incomplete ? Content.unended(bytes, 1) : Content.ended(Arrays.copyOf(bytes, bytes.length - 1));
    }

    private static List<Content> delimited(byte[] stream, byte[] delimiter) {
        List<Content> contents = new ArrayList<>();
        int start = 0;
        for (int i = 0; i + delimiter.length <= stream.length; i++) {
            if (startsWith(stream, i, delimiter, delimiter.length)) {
                contents.add(Content.ended(Arrays.copyOfRange(stream, start, i)));
                start = i + delimiter.length;
                i = start - 1;
            }
        }
        if (start < stream.length) {
            byte[] rest = Arrays.copyOfRange(stream, start, stream.length);
            contents.add(Content.unended(rest, tail(rest, delimiter)));
        }
        return contents;
    }

    private static int tail(byte[] rest, byte[] delimiter) {
        for (int length = Math.min(delimiter.length - 1, rest.length); length > 0; length--) {
            if (startsWith(rest, rest.length - length, delimiter, length)) {
                return length;
            }
        }
        return 0;
    }

    private static boolean startsWith(byte[] bytes, int from, byte[] delimiter, int length) {
        return Arrays.equals(bytes, from, from + length, delimiter, 0, length);
    }

    private List<Content> fixed(byte[] stream) {
        List<Content> contents = new ArrayList<>();
        for (int from = 0; from < stream.length; from += settings.frameLength()) {
            int to = from + settings.frameLength();
            contents.add(
                    to <= stream.length
                            ? Content.ended(Arrays.copyOfRange(stream, from, to))
                            : Content.unended(Arrays.copyOfRange(stream, from, stream.length), 0));
        }
        return contents;
    }

    private List<Content> lengthPrefixed(byte[] stream) {
        List<Content> contents = new ArrayList<>();
        int from = 0;
        while (from < stream.length) {
            long length = 0;
            int prefix = 0;
            for (; prefix < settings.lengthFieldSize() && from < stream.length; prefix++) {
                length = length * 256 + (stream[from++] & 0xFF);
            }
            boolean whole = prefix == settings.lengthFieldSize() && length <= stream.length - from;
            int to = whole ? from + (int) length : stream.length;
            byte[] bytes = Arrays.copyOfRange(stream, from, to);
            contents.add(whole ? Content.ended(bytes) : new Content(bytes, true, 0, bytes.length == 0 ? 0 : length));
            from = to;
        }
        return contents;
    }
}
