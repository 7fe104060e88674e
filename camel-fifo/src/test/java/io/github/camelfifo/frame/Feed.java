package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Feeds a decoder as the owner of a pipe does, keeps what comes out, and holds the decoder to its contract at each
 * call: it always advances, {@code null} means that the input is used up, and it never holds more than it may.
 */
final class Feed {

    /** Stands for a refused frame, in its place among the frames. */
    static final String TOO_LONG = "<too long>";

    static final String SOURCE = "/run/test.fifo";

    /** Of the longest character in any charset, with shift sequences. */
    private static final int LONGEST_CHARACTER = 16;

    final FrameDecoder decoder;
    final List<Object> events = new ArrayList<>();
    final List<FrameTooLongException> refusals = new ArrayList<>();
    private final boolean restIsIncomplete;
    private final int mostHeld;

    private Feed(Framing framing, FrameSettings settings) {
        decoder = framing.decoder(settings);
        restIsIncomplete = framing != Framing.SESSION && framing != Framing.CHUNKS;
        mostHeld = mostHeld(framing, settings);
    }

    static FrameSettings settings(Charset charset, int maxFrameLength) {
        return builder(charset, maxFrameLength).build();
    }

    static FrameSettings.Builder builder(Charset charset, int maxFrameLength) {
        return FrameSettings.builder(SOURCE)
                .charset(charset)
                .maxFrameLength(maxFrameLength)
                .chunkSize(64);
    }

    static FrameSettings.Builder builder(int maxFrameLength) {
        return builder(UTF_8, maxFrameLength);
    }

    static Feed of(Framing framing, FrameSettings.Builder settings) {
        return new Feed(framing, settings.build());
    }

    static Feed of(Framing framing, FrameSettings settings) {
        return new Feed(framing, settings);
    }

    static Feed lines(Charset charset, int maxFrameLength) {
        return of(Framing.LINES, builder(charset, maxFrameLength));
    }

    static Feed lines(int maxFrameLength) {
        return lines(UTF_8, maxFrameLength);
    }

    static Feed lines() {
        return lines(1024);
    }

    static Feed chunks(int chunkSize) {
        return of(Framing.CHUNKS, builder(16).chunkSize(chunkSize));
    }

    Feed text(String... reads) {
        for (String read : reads) {
            bytes(read.getBytes(UTF_8));
        }
        return this;
    }

    Feed bytes(byte[] read) {
        return bytes(BufferKind.HEAP, read);
    }

    /** One read: decodes until the input is used up, then spoils the buffer, for it now serves another pipe. */
    Feed bytes(BufferKind kind, byte[] read) {
        ByteBuffer input = kind.of(read);
        int limit = input.limit();
        boolean more = true;
        while (more) {
            long before = input.remaining() + contentHeld();
            more = decodeOnce(input);
            assertThat(input.limit()).isEqualTo(limit);
            assertThat(input.remaining() + contentHeld() < before || !more)
                    .as("advances")
                    .isTrue();
            assertHoldsNoMoreThanItMay();
        }
        assertThat(input.hasRemaining()).as("used up").isFalse();
        for (int i = 0; i < limit && !input.isReadOnly(); i++) {
            input.put(i, (byte) 'X');
        }
        return this;
    }

    /** The same bytes in reads of these sizes, again from the first size when they are used up. */
    Feed inPieces(BufferKind kind, byte[] stream, List<Integer> sizes) {
        int from = 0;
        for (int i = 0; from < stream.length; i++) {
            int to = Math.min(stream.length, from + sizes.get(i % sizes.size()));
            bytes(kind, Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        return this;
    }

    Feed inSingleBytes(byte[] stream) {
        return inPieces(BufferKind.HEAP, stream, List.of(1));
    }

    /** The end of a session. */
    Feed end() {
        try {
            Frame rest = decoder.finish();
            if (rest != null) {
                assertThat(rest.mark().incomplete()).isEqualTo(restIsIncomplete);
                events.add(rest);
            }
        } catch (SessionStoreException e) {
            events.add(e);
        }
        assertThat(decoder.isMidFrame()).isFalse();
        assertThat(decoder.pendingBytes()).isZero();
        assertThat(decoder.bytesWanted()).isZero();
        assertHoldsNoMoreThanItMay();
        return this;
    }

    /** What came out, with bodies that can be compared. */
    List<Object> readable() {
        return events.stream().map(Feed::readable).toList();
    }

    static Object readable(Object event) {
        return event instanceof Frame frame && frame.body() instanceof byte[] bytes
                ? new Frame(HexFormat.of().formatHex(bytes), frame.mark())
                : event;
    }

    private boolean decodeOnce(ByteBuffer input) {
        try {
            Frame frame = decoder.decode(input);
            if (frame != null) {
                assertThat(frame.mark().incomplete()).isFalse();
                assertFrameHasEnded(frame);
                events.add(frame);
            }
            return frame != null;
        } catch (FrameTooLongException e) {
            events.add(TOO_LONG);
            refusals.add(e);
            return true;
        } catch (SessionStoreException e) {
            events.add(e);
            return true;
        }
    }

    private long contentHeld() {
        return decoder instanceof AssemblingDecoder assembling
                ? assembling.assembly.held.length()
                : decoder.pendingBytes();
    }

    private void assertFrameHasEnded(Frame frame) {
        boolean morePiecesFollow = frame.isFragment() && !frame.mark().lastFragment();
        if (decoder instanceof AssemblingDecoder && !morePiecesFollow) {
            assertThat(decoder.isMidFrame()).isFalse();
            assertThat(decoder.pendingBytes()).isZero();
            assertThat(decoder.bytesWanted()).isZero();
        }
    }

    private void assertHoldsNoMoreThanItMay() {
        assertThat(decoder.pendingBytes()).isBetween(0L, (long) mostHeld);
        if (decoder instanceof AssemblingDecoder) {
            assertThat(capacity(decoder)).isLessThanOrEqualTo(mostHeld);
            assertThat(decoder.isMidFrame() || capacity(decoder) == 0)
                    .as("no buffer between frames")
                    .isTrue();
        }
    }

    /** The size of the array that holds the unfinished frame. */
    static int capacity(FrameDecoder decoder) {
        return ((AssemblingDecoder) decoder).assembly.held.bytes().length;
    }

    private static int mostHeld(Framing framing, FrameSettings settings) {
        int beginningOfTheEnd = switch (framing) {
            case LINES -> 1;
            case DELIMITED -> settings.delimiter().getBytes(settings.charset()).length - 1;
            case LENGTH_PREFIXED -> settings.lengthFieldSize();
            case CHUNKS -> settings.bodyType() == BodyType.STRING ? LONGEST_CHARACTER : 0;
            case SESSION -> settings.sessionStore() == null ? 0 : Integer.MAX_VALUE;
            case FIXED -> 0;
        };
        int longestCharacter = settings.oversizedFrame() == OversizedFrame.SPLIT ? LONGEST_CHARACTER : 0;
        long most = (long) settings.maxFrameLength() + beginningOfTheEnd + longestCharacter;
        return (int) Math.min(most, Integer.MAX_VALUE);
    }

    static Frame line(String body) {
        return new Frame(body);
    }

    static Frame unended(String body) {
        return new Frame(body, FrameMark.INCOMPLETE);
    }

    static Frame piece(long index, String body) {
        return new Frame(body, FrameMark.fragment(index));
    }

    static Frame lastPiece(long index, String body) {
        return new Frame(body, FrameMark.lastFragment(index, false));
    }

    static Frame head(long fullLength, String body) {
        return new Frame(body, FrameMark.truncated(fullLength, false));
    }
}
