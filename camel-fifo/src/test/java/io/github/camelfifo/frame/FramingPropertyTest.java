package io.github.camelfifo.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every framing and policy; for chunks see {@link ChunkTest} and {@link TextChunkTest}. */
class FramingPropertyTest {

    private static final List<Framing> FRAMINGS =
            List.of(Framing.LINES, Framing.DELIMITED, Framing.FIXED, Framing.LENGTH_PREFIXED, Framing.SESSION);

    private static final List<String> DELIMITERS = List.of("\n", "\r\n", "|", "||", "aab", "aaab", "abab", "€");

    private static final int FRAME_LENGTH = 6;

    private static final Map<Charset, int[]> REPERTOIRES = new HashMap<>();

    /** A framing, with settings that go with it. */
    record Case(Framing framing, FrameSettings settings) {

        boolean isText() {
            return settings.bodyType().isText(framing == Framing.LINES || framing == Framing.DELIMITED);
        }

        @Override
        public String toString() {
            return framing + ", " + settings.oversizedFrame() + ", " + settings.bodyType() + ", maxFrameLength="
                    + settings.maxFrameLength() + ", delimiter=" + Delimiter.format(settings.delimiter())
                    + ", lengthFieldSize=" + settings.lengthFieldSize() + ", skipEmpty=" + settings.skipEmptyFrames();
        }
    }

    /** A charset that has the delimiter. */
    record Language(Charset charset, String delimiter) {}

    @Property(tries = 2000)
    void whatIsEncodedIsDecodedAtAnySplit(
            @ForAll("delimitedTexts") List<String> messages,
            @ForAll("delimiters") String delimiter,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind)
            throws Exception {
        FrameSettings settings = Feed.builder(4096).delimiter(delimiter).build();
        List<String> without = messages.stream()
                .filter(message -> (message + delimiter).indexOf(delimiter) == message.length())
                .toList();
        assertRoundTrip(Framing.DELIMITED, settings, without, pieces, kind);
    }

    @Property(tries = 500)
    void whatIsEncodedInAnyCharsetIsDecodedAtAnySplit(
            @ForAll("languages") Language language,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind,
            @ForAll long seed)
            throws Exception {
        FrameSettings settings = Feed.builder(language.charset(), 4096)
                .delimiter(language.delimiter())
                .build();
        int[] repertoire = REPERTOIRES.computeIfAbsent(language.charset(), Repertoire::of);
        Random random = new Random(seed);
        List<String> messages = random.ints(6, 0, 30)
                .mapToObj(length -> random.ints(length, 0, repertoire.length)
                        .mapToObj(i -> Character.toString(repertoire[i]))
                        .collect(Collectors.joining())
                        .replace(language.delimiter(), ""))
                .toList();
        assertRoundTrip(Framing.DELIMITED, settings, messages, pieces, kind);
    }

    @Property
    void messagesOfTextWithALengthAreDecodedAtAnySplitInAnyCharset(
            @ForAll("delimitedTexts") List<String> messages,
            @ForAll("anyCharset") Charset charset,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind)
            throws Exception {
        FrameSettings settings = Feed.builder(charset, 4096)
                .lengthFieldSize(2)
                .bodyType(BodyType.STRING)
                .build();
        assertRoundTrip(Framing.LENGTH_PREFIXED, settings, messages, pieces, kind);
    }

    private static void assertRoundTrip(
            Framing framing, FrameSettings settings, List<String> messages, List<Integer> pieces, BufferKind kind)
            throws Exception {
        FrameEncoder encoder = framing.encoder(settings);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (String message : messages) {
            write(encoder.encode(message), stream);
        }
        Feed feed = Feed.of(framing, settings)
                .inPieces(kind, stream.toByteArray(), pieces)
                .end();
        assertThat(feed.events).isEqualTo(messages.stream().map(Feed::line).toList());
        assertThat(feed.decoder.malformedFrames()).isZero();
    }

    @Property
    void messagesOfBytesAreDecodedAtAnySplit(
            @ForAll("bodies") List<byte[]> bodies,
            @ForAll("lengthFieldSizes") int lengthFieldSize,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind)
            throws Exception {
        for (Framing framing : List.of(Framing.LENGTH_PREFIXED, Framing.FIXED, Framing.SESSION)) {
            FrameSettings settings = Feed.builder(4096)
                    .lengthFieldSize(lengthFieldSize)
                    .frameLength(FRAME_LENGTH)
                    .build();
            FrameEncoder encoder = framing.encoder(settings);
            Feed feed = Feed.of(framing, settings);
            List<Object> expected = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (byte[] body : bodies) {
                byte[] message = framing == Framing.FIXED ? Arrays.copyOf(body, FRAME_LENGTH) : body;
                write(encoder.encode(message), stream);
                if (framing == Framing.SESSION) {
                    feed.inPieces(kind, stream.toByteArray(), pieces).end();
                    stream.reset();
                }
                if (framing != Framing.SESSION || message.length > 0) {
                    expected.add(Feed.readable(new Frame(message)));
                }
            }
            feed.inPieces(kind, stream.toByteArray(), pieces).end();
            assertThat(feed.readable()).as("%s", framing).isEqualTo(expected);
        }
    }

    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void anyBytesGiveWhatThePlainModelGivesAtAnySplitAndLimit(
            @ForAll("cases") Case given,
            @ForAll("streams") byte[] stream,
            @ForAll("pieces") List<Integer> pieces,
            @ForAll BufferKind kind) {
        boolean textIsCut = given.isText() && given.settings().oversizedFrame() != OversizedFrame.FAIL;
        byte[] bytes = textIsCut ? wellFormed(stream) : stream;
        if (given.framing() == Framing.LENGTH_PREFIXED && given.isText()) {
            // A length may cut a character, which the model cannot do.
            bytes = ascii(bytes);
        }
        // Feed holds the decoder to its memory and to progress, and lets no other exception pass.
        Feed feed = Feed.of(given.framing(), given.settings())
                .inPieces(kind, bytes, pieces)
                .end();

        assertThat(feed.readable()).isEqualTo(new FrameModel(given.framing(), given.settings()).events(bytes));
        for (FrameTooLongException refusal : feed.refusals) {
            assertThat(refusal.lengthSoFar()).isGreaterThan(given.settings().maxFrameLength());
            assertThat(refusal.head().length).isLessThanOrEqualTo(FrameTooLongException.HEAD_LENGTH);
        }
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void theDecoderIsAsNewAfterEachSession(
            @ForAll("cases") Case given, @ForAll("streams") byte[] first, @ForAll("streams") byte[] second) {
        Feed both = Feed.of(given.framing(), given.settings()).bytes(first).end();
        both.events.clear();
        both.bytes(second).end();
        Feed discarded = Feed.of(given.framing(), given.settings()).bytes(first);
        discarded.decoder.discard();
        discarded.events.clear();
        discarded.bytes(second).end();

        List<Object> alone =
                Feed.of(given.framing(), given.settings()).bytes(second).end().readable();
        assertThat(both.readable()).isEqualTo(alone);
        assertThat(discarded.readable()).isEqualTo(alone);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void piecesPutTogetherAreTheWholeTextWhateverTheBytes(
            @ForAll("anyCharset") Charset charset,
            @ForAll("streams") byte[] stream,
            @ForAll("limits") int limit,
            @ForAll("pieces") List<Integer> pieces) {
        byte[] framed = ByteBuffer.allocate(4 + stream.length)
                .putInt(stream.length)
                .put(stream)
                .array();
        Feed feed = Feed.of(
                        Framing.LENGTH_PREFIXED,
                        Feed.builder(charset, limit).bodyType(BodyType.STRING).oversizedFrame(OversizedFrame.SPLIT))
                .inPieces(BufferKind.HEAP, framed, pieces)
                .end();
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < feed.events.size(); i++) {
            Frame frame = (Frame) feed.events.get(i);
            joined.append(frame.body());
            boolean last = i == feed.events.size() - 1;
            assertThat(frame.mark())
                    .isEqualTo(
                            feed.events.size() == 1
                                    ? FrameMark.NONE
                                    : last ? FrameMark.lastFragment(i, false) : FrameMark.fragment(i));
        }
        assertThat(joined).hasToString(new String(stream, charset));
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE)
    void readingWhatIsWantedStopsExactlyAtTheFramesEnd(
            @ForAll("cases") Case given, @ForAll("streams") byte[] stream, @ForAll("limits") int stop) {
        int read = Math.min(stop, stream.length);
        Feed feed = Feed.of(given.framing(), given.settings()).bytes(Arrays.copyOf(stream, read));
        while (feed.decoder.bytesWanted() > 0 && read < stream.length) {
            int next = (int) Math.min(stream.length, (long) read + feed.decoder.bytesWanted());
            // No frame ends before the last byte that is wanted.
            Feed before = Feed.of(given.framing(), given.settings())
                    .bytes(Arrays.copyOf(stream, read))
                    .bytes(Arrays.copyOfRange(stream, read, next - 1));
            assertThat(before.decoder.isMidFrame()).isTrue();
            feed.bytes(Arrays.copyOfRange(stream, read, next));
            read = next;
        }
        if (feed.decoder.bytesWanted() == 0 && given.framing() != Framing.SESSION) {
            assertThat(feed.decoder.isMidFrame()).isFalse();
            assertThat(feed.decoder.pendingBytes()).isZero();
        }
    }

    /** UTF-8 with a character for each byte: ASCII for itself, longer characters for others. */
    private static byte[] wellFormed(byte[] stream) {
        StringBuilder text = new StringBuilder();
        for (byte b : stream) {
            text.append(
                    b >= 0
                            ? String.valueOf((char) b)
                            : List.of("ä", "€", "\uD83D\uDE00").get((b & 0xFF) % 3));
        }
        return text.toString().getBytes(UTF_8);
    }

    private static byte[] ascii(byte[] stream) {
        byte[] ascii = stream.clone();
        for (int i = 0; i < ascii.length; i++) {
            ascii[i] &= 0x7F;
        }
        return ascii;
    }

    private static void write(ByteBuffer frame, ByteArrayOutputStream stream) {
        assertThat(frame.position()).isZero();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        stream.writeBytes(bytes);
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<FrameSettings.Builder> settings = Combinators.combine(
                        limits(),
                        delimiters(),
                        lengthFieldSizes(),
                        Arbitraries.of(OversizedFrame.class),
                        Arbitraries.of(BodyType.class),
                        Arbitraries.of(true, false))
                .as((limit, delimiter, lengthFieldSize, oversized, bodyType, skipEmpty) -> Feed.builder(limit)
                        .delimiter(delimiter)
                        .lengthFieldSize(lengthFieldSize)
                        .oversizedFrame(oversized)
                        .bodyType(bodyType)
                        .skipEmptyFrames(skipEmpty));
        return Combinators.combine(Arbitraries.of(FRAMINGS), settings).as(FramingPropertyTest::given);
    }

    private static Case given(Framing framing, FrameSettings.Builder settings) {
        if (framing == Framing.SESSION) {
            settings.bodyType(BodyType.AUTO);
        }
        int limit = settings.build().maxFrameLength();
        return new Case(
                framing, settings.frameLength(Math.min(limit, FRAME_LENGTH)).build());
    }

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 12), Arbitraries.integers().between(1, 300));
    }

    @Provide
    Arbitrary<String> delimiters() {
        return Arbitraries.of(DELIMITERS);
    }

    @Provide
    Arbitrary<Integer> lengthFieldSizes() {
        return Arbitraries.of(1, 2, 4);
    }

    /** Any bytes; parts of delimiters, small lengths and the beginnings of characters far more often than others. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<Byte> tricky = byteOf("\0\0\0\3\11\n\raab|\u00E2\u0082\u00AC\u00F0");
        Arbitrary<Byte> parts = byteOf("aab\n\r|");
        return Arbitraries.oneOf(
                Arbitraries.oneOf(Arbitraries.bytes(), tricky)
                        .array(byte[].class)
                        .ofMaxSize(200),
                tricky.array(byte[].class).ofMaxSize(100),
                parts.array(byte[].class).ofMaxSize(100));
    }

    private static Arbitrary<Byte> byteOf(String characters) {
        return Arbitraries.chars().with(characters.toCharArray()).map(c -> (byte) c.charValue());
    }

    @Provide
    Arbitrary<List<Integer>> pieces() {
        return Arbitraries.integers().between(1, 64).list().ofMinSize(1).ofMaxSize(10);
    }

    @Provide
    Arbitrary<List<byte[]>> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(100).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<String>> delimitedTexts() {
        return Arbitraries.strings()
                .withChars("aab|\r\n日本かEN")
                .ofMaxLength(30)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Charset> anyCharset() {
        return Arbitraries.of(
                        "UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "ISO-2022-JP", "Shift_JIS", "GB18030", "EUC-JP", "GBK")
                .map(Charset::forName);
    }

    @Provide
    Arbitrary<Language> languages() {
        List<Language> languages = new ArrayList<>();
        for (String name : Repertoire.CHARSETS) {
            Charset charset = Charset.forName(name);
            for (String delimiter : List.of("\n", "\u001E\t", "\0")) {
                languages.add(new Language(charset, delimiter));
            }
        }
        languages.add(new Language(UTF_8, "€"));
        languages.add(new Language(Charset.forName("Shift_JIS"), ";"));
        languages.add(new Language(Charset.forName("IBM1047"), ";"));
        return Arbitraries.of(languages);
    }
}
