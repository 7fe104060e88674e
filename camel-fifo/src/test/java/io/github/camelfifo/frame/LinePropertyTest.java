package io.github.camelfifo.frame;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class LinePropertyTest {

    private static final Map<String, int[]> REPERTOIRES = Repertoire.CHARSETS.stream()
            .collect(toMap(Function.identity(), name -> Repertoire.of(Charset.forName(name))));

    /** Messages and the charset that can write them. */
    record Conversation(Charset charset, List<String> messages) {}

    @Property
    void whatIsEncodedIsDecodedAtAnySplit(
            @ForAll("conversations") Conversation conversation,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind)
            throws Exception {
        Charset charset = conversation.charset();
        FrameEncoder encoder = Framing.LINES.encoder(Feed.settings(charset, 4096));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (String message : conversation.messages()) {
            write(encoder.encode(message), stream);
        }

        Feed feed = Feed.lines(charset, 4096)
                .inPieces(kind, stream.toByteArray(), pieces)
                .end();

        assertThat(feed.events)
                .isEqualTo(conversation.messages().stream().map(Feed::line).toList());
        assertThat(feed.decoder.malformedFrames()).isZero();
    }

    @Property
    void bodiesOfBytesArriveAsTheLinesTheyAre(
            @ForAll("linesOfBytes") List<byte[]> bodies, @ForAll("pieces") List<Integer> pieces) throws Exception {
        Charset charset = Charset.forName("ISO-8859-1");
        FrameEncoder encoder = Framing.LINES.encoder(Feed.settings(charset, 4096));
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (byte[] body : bodies) {
            write(encoder.encode(body), stream);
        }

        Feed feed = Feed.lines(charset, 4096)
                .inPieces(BufferKind.HEAP, stream.toByteArray(), pieces)
                .end();

        assertThat(feed.events)
                .isEqualTo(bodies.stream()
                        .map(body -> Feed.line(new String(body, charset)))
                        .toList());
    }

    @Property(tries = 3000)
    void anyBytesGiveWhatThePlainModelGivesAtAnySplitAndLimit(
            @ForAll("streams") byte[] stream,
            @ForAll("limits") int maxFrameLength,
            @ForAll("lineCharsets") Charset charset,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind) {
        // Feed holds the decoder to its memory and to progress, and lets no other exception pass.
        Feed feed = Feed.lines(charset, maxFrameLength)
                .inPieces(kind, stream, pieces)
                .end();

        assertThat(feed.events)
                .isEqualTo(new FrameModel(Framing.LINES, Feed.settings(charset, maxFrameLength)).events(stream));
        assertThat(feed.refusals).allSatisfy(refusal -> {
            assertThat(refusal.lengthSoFar()).isBetween(maxFrameLength + 1L, (long) stream.length);
            assertThat(refusal.head()).hasSize((int) Math.min(refusal.lengthSoFar(), 256));
        });
    }

    @Provide
    Arbitrary<Conversation> conversations() {
        return Arbitraries.of(Repertoire.CHARSETS)
                .flatMap(name -> messages(REPERTOIRES.get(name))
                        .list()
                        .ofMaxSize(8)
                        .map(messages -> new Conversation(Charset.forName(name), messages)));
    }

    private static Arbitrary<String> messages(int[] repertoire) {
        Arbitrary<Integer> anything = Arbitraries.integers()
                .between(0, repertoire.length - 1)
                .withoutEdgeCases()
                .map(i -> repertoire[i]);
        Arbitrary<Integer> tricky = Arbitraries.of((int) '\r', (int) '?', (int) ' ', 0, 0x7F, (int) 'a');
        return Arbitraries.frequencyOf(Tuple.of(4, anything), Tuple.of(1, tricky))
                .filter(c -> c != '\n')
                .list()
                .ofMaxSize(40)
                .map(LinePropertyTest::join)
                .filter(message -> !message.endsWith("\r"));
    }

    @Provide
    Arbitrary<List<byte[]>> linesOfBytes() {
        return Arbitraries.bytes()
                .filter(b -> b != '\n')
                .array(byte[].class)
                .ofMaxSize(30)
                .filter(body -> body.length == 0 || body[body.length - 1] != '\r')
                .list()
                .ofMaxSize(8);
    }

    /** Any bytes, with line ends and the beginnings of longer characters far more often than by chance. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<Byte> tricky = Arbitraries.of(0x0A, 0x0A, 0x0D, 0x1B, 0x0E, 0x0F, 0xC3, 0xE2, 0xED, 0xF0, 0x81, 0xFE)
                .map(Integer::byteValue);
        return Arbitraries.oneOf(Arbitraries.bytes(), tricky)
                .array(byte[].class)
                .ofMaxSize(600);
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.integers().between(1, 300);
    }

    @Provide
    Arbitrary<Charset> lineCharsets() {
        return Arbitraries.of(Repertoire.allForLines());
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, 64).list().ofMinSize(1).ofMaxSize(10);
    }

    private static String join(List<Integer> codePoints) {
        return new String(codePoints.stream().mapToInt(Integer::intValue).toArray(), 0, codePoints.size());
    }

    private static void write(ByteBuffer frame, ByteArrayOutputStream stream) {
        assertThat(frame.position()).isZero();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        stream.writeBytes(bytes);
    }
}
