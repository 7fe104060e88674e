package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of an unfinished frame, which another decoder goes on with. */
class PendingBytesTest {

    @ParameterizedTest
    @CsvSource({
        "LINES, 'one\r\ntwo\nthr\ree\n', 100",
        "DELIMITED, 'one||t|wo||', 100",
        "FIXED, 'onetwothrfou', 100",
        "LENGTH_PREFIXED, '\u0000\u0003one\u0000\u0000\u0000\u0005three', 100",
        "LENGTH_PREFIXED, '\u0000\u0003one\u0000\u0005three\u0000\u0001x', 4",
        "CHUNKS, 'one', 100"
    })
    void anotherDecoderGoesOnAtEveryByte(Framing framing, String input, int maxFrameLength) throws Exception {
        FrameSettings settings = settings(maxFrameLength, OversizedFrame.TRUNCATE);
        byte[] bytes = input.getBytes(ISO_8859_1);
        for (int cut = 0; cut <= bytes.length; cut++) {
            FrameDecoder first = framing.decoder(settings);
            List<String> frames = decode(first, Arrays.copyOf(bytes, cut));
            FrameDecoder second = framing.decoder(settings);
            frames.addAll(decode(second, first.pending()));
            frames.addAll(decode(second, Arrays.copyOfRange(bytes, cut, bytes.length)));

            assertThat(lengthOf(frames)).as("cut at %s", cut).isEqualTo(lengthOf(whole(framing, settings, bytes)));
            if (first.bytesGone() == 0 && framing != Framing.CHUNKS) {
                assertThat(frames).as("cut at %s", cut).isEqualTo(whole(framing, settings, bytes));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FAIL, 0123456789, 10, ''",
        "TRUNCATE, 0123456789, 6, 0123",
        "SPLIT, 0123456789, 8, 89",
        "FAIL, 01, 0, 01",
        "TRUNCATE, 01, 0, 01",
        "SPLIT, 01, 0, 01"
    })
    void whatIsHeldNoMoreIsCounted(OversizedFrame policy, String line, long gone, String pending) throws Exception {
        FrameDecoder decoder = Framing.LINES.decoder(settings(4, policy));
        feed(decoder, line);

        assertThat(decoder.bytesGone()).isEqualTo(gone);
        assertThat(decoder.pending()).asString(UTF_8).isEqualTo(pending);
        feed(decoder, "\n");
        assertThat(decoder.bytesGone()).isZero();
        assertThat(decoder.pending()).isEmpty();
    }

    private static void feed(FrameDecoder decoder, String text) throws Exception {
        try {
            List<String> unused = decode(decoder, text.getBytes(UTF_8));
        } catch (FrameTooLongException e) {
            // what FAIL does
            return;
        }
    }

    private static FrameSettings settings(int maxFrameLength, OversizedFrame policy) {
        return Feed.builder(maxFrameLength)
                .delimiter("||")
                .frameLength(3)
                .lengthFieldSize(2)
                .oversizedFrame(policy)
                .build();
    }

    private static List<String> whole(Framing framing, FrameSettings settings, byte[] bytes) throws Exception {
        return decode(framing.decoder(settings), bytes);
    }

    private static List<String> decode(FrameDecoder decoder, byte[] bytes) throws Exception {
        List<String> frames = new ArrayList<>();
        ByteBuffer input = ByteBuffer.wrap(bytes);
        for (Frame frame = decoder.decode(input); frame != null; frame = decoder.decode(input)) {
            frames.add(frame.body() instanceof byte[] body ? new String(body, ISO_8859_1) : (String) frame.body());
        }
        return frames;
    }

    private static int lengthOf(List<String> frames) {
        return frames.stream().mapToInt(String::length).sum();
    }
}
