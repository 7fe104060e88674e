package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Feeds a decoder as the owner of a pipe does, keeps what comes out, and holds the decoder to its contract at each
 * call: it always advances, {@code null} means that the input is used up, and it never holds more than it may.
 */
final class Feed {

    /** Stands among the frames for one that was refused. */
    static final String TOO_LONG = "<too long>";

    static final String SOURCE = "/run/test.fifo";

    final FrameDecoder decoder;
    final List<Object> events = new ArrayList<>();
    final List<FrameTooLongException> refusals = new ArrayList<>();
    private final int maxFrameLength;

    private Feed(FrameDecoder decoder, int maxFrameLength) {
        this.decoder = decoder;
        this.maxFrameLength = maxFrameLength;
    }

    static FrameSettings settings(Charset charset, int maxFrameLength) {
        return new FrameSettings(charset, maxFrameLength, 64, SOURCE);
    }

    static Feed lines(Charset charset, int maxFrameLength) {
        return new Feed(Framing.LINES.decoder(settings(charset, maxFrameLength)), maxFrameLength);
    }

    static Feed lines(int maxFrameLength) {
        return lines(UTF_8, maxFrameLength);
    }

    static Feed lines() {
        return lines(1024);
    }

    static Feed chunks(int chunkSize) {
        return new Feed(Framing.CHUNKS.decoder(new FrameSettings(UTF_8, 16, chunkSize, SOURCE)), 0);
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
            int before = input.position();
            more = decodeOnce(input);
            assertThat(input.limit()).isEqualTo(limit);
            assertThat(input.position() > before || !more).as("advances").isTrue();
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

    /** End of a spell of writers. */
    Feed end() {
        Frame rest = decoder.finish();
        if (rest != null) {
            assertThat(rest.incomplete()).isTrue();
            events.add(rest);
        }
        assertThat(decoder.pendingBytes()).isZero();
        assertThat(decoder.bytesWanted()).isZero();
        assertHoldsNoMoreThanItMay();
        return this;
    }

    private boolean decodeOnce(ByteBuffer input) {
        try {
            Frame frame = decoder.decode(input);
            if (frame != null) {
                assertThat(frame.incomplete()).isFalse();
                assertThat(decoder.pendingBytes()).isZero();
                events.add(frame);
            }
            return frame != null;
        } catch (FrameTooLongException e) {
            events.add(TOO_LONG);
            refusals.add(e);
            return true;
        }
    }

    private void assertHoldsNoMoreThanItMay() {
        if (decoder instanceof LineDecoder lines) {
            assertThat(lines.pendingBytes()).isBetween(0, maxFrameLength + 1);
            assertThat(lines.capacity()).isBetween(lines.pendingBytes(), maxFrameLength + 1);
            assertThat(lines.pendingBytes() > 0 || lines.capacity() == 0)
                    .as("no buffer between frames")
                    .isTrue();
        }
    }

    static Frame line(String body) {
        return new Frame(body, false);
    }

    static Frame unended(String body) {
        return new Frame(body, true);
    }
}
