package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Any accepted settings, any bytes in any pieces, any ends: a decoder throws only what is documented, always advances,
 * holds no more than it may (all this {@link Feed} checks), and is as new afterwards. It goes on for longer with
 * {@code -Djqwik.tries.default=100000}.
 */
class DecoderFuzzTest {

    private static final List<Charset> CHARSETS =
            List.copyOf(Charset.availableCharsets().values());

    private static final List<String> OPTIONS = List.of(
            "charset=", "delimiter=", "maxFrameLength=", "chunkSize=", "frameLength=", "lengthFieldSize=", "bodyType=");

    /** A piece of input, the end of a session, or a discard. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Step(byte[] bytes, BufferKind kind, int what) {

        static final int END = 0;
        static final int DISCARD = 1;

        void take(Feed feed) {
            switch (what) {
                case END -> feed.end();
                case DISCARD -> feed.decoder.discard();
                default -> feed.bytes(kind, bytes);
            }
        }

        @Override
        public String toString() {
            return switch (what) {
                case END -> "end";
                case DISCARD -> "discard";
                default -> kind + " " + HexFormat.of().formatHex(bytes);
            };
        }
    }

    /** Not shrunk: jqwik 1.9.3 fails at it ("argument type mismatch"), which hides what the property found. */
    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whateverIsReadADecoderGoesOnAndIsAsNewInTheEnd(
            @ForAll Framing framing,
            @ForAll("settings") FrameSettings.Builder given,
            @ForAll("steps") List<Step> steps,
            @ForAll("anyBytes") byte[] last) {
        Optional<FrameSettings> settings = accepted(framing, given);
        if (settings.isEmpty()) {
            return;
        }
        Feed feed = Feed.of(framing, settings.get());
        for (Step each : steps) {
            each.take(feed);
        }
        feed.end();
        feed.events.clear();

        List<Object> after = feed.bytes(last).end().readable();
        assertThat(after)
                .as("%s, %s", framing, settings.get())
                .isEqualTo(Feed.of(framing, settings.get()).bytes(last).end().readable());
    }

    /** Empty when they are refused; the message must name an option. */
    private static Optional<FrameSettings> accepted(Framing framing, FrameSettings.Builder given) {
        try {
            FrameSettings settings = given.build();
            framing.check(settings);
            return Optional.of(settings);
        } catch (IllegalArgumentException e) {
            assertThat(OPTIONS).as("named by: %s", e.getMessage()).anyMatch(e.getMessage()::contains);
            return Optional.empty();
        }
    }

    @Property
    void whateverTheDelimiterItIsParsedOrRefusedByName(@ForAll("optionTexts") String option) {
        try {
            String delimiter = Delimiter.parse(option);
            assertThat(delimiter).isNotEmpty().hasSizeLessThanOrEqualTo(option.length());
            assertThat(Delimiter.parse(Delimiter.format(delimiter))).isEqualTo(delimiter);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("delimiter=" + option);
        }
    }

    @Provide
    Arbitrary<FrameSettings.Builder> settings() {
        Arbitrary<FrameSettings.Builder> lengths = Combinators.combine(
                        Arbitraries.oneOf(sizes(1, 20), sizes(1, 3000)),
                        Arbitraries.oneOf(sizes(1, 20), sizes(1, 100_000)),
                        sizes(0, 200),
                        Arbitraries.oneOf(Arbitraries.of(1, 2, 4), sizes(-1, 5)))
                .as((most, chunk, fixed, field) -> FrameSettings.builder(Feed.SOURCE)
                        .maxFrameLength(most)
                        .chunkSize(chunk)
                        .frameLength(fixed)
                        .lengthFieldSize(field));
        return Combinators.combine(
                        lengths,
                        Arbitraries.of(CHARSETS),
                        Arbitraries.oneOf(
                                Arbitraries.strings()
                                        .withChars("ab|\n\r\0")
                                        .ofMinLength(1)
                                        .ofMaxLength(6),
                                Arbitraries.strings().ofMinLength(1).ofMaxLength(4)),
                        Arbitraries.of(OversizedFrame.class),
                        Arbitraries.of(BodyType.class),
                        Arbitraries.of(true, false))
                .as((builder, charset, delimiter, oversized, bodyType, skipEmpty) -> builder.charset(charset)
                        .delimiter(delimiter)
                        .oversizedFrame(oversized)
                        .bodyType(bodyType)
                        .skipEmptyFrames(skipEmpty));
    }

    private static Arbitrary<Integer> sizes(int from, int to) {
        return Arbitraries.integers().between(from, to);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(anyBytes(), Arbitraries.of(BufferKind.class), sizes(0, 9))
                .as(Step::new)
                .list()
                .ofMaxSize(12);
    }

    /** Small lengths, ends, escapes of stateful charsets and beginnings of characters more often than others. */
    @Provide
    Arbitrary<byte[]> anyBytes() {
        List<Byte> tricky = new ArrayList<>();
        for (char c : "\0\0\1\5ab|\n\r\u001B$B(J\u000E\u000F\u00E2\u0082\u00AC\u00F0\u0081\u00FF".toCharArray()) {
            tricky.add((byte) c);
        }
        return Arbitraries.oneOf(Arbitraries.bytes(), Arbitraries.of(tricky))
                .array(byte[].class)
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<String> optionTexts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withChars("\\nrt0xX1aFg|").ofMaxLength(8),
                Arbitraries.strings().ofMaxLength(8));
    }
}
