package io.github.camelfifo.internal.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What of a list goes into one write. */
class ElementSourceTest {

    private static final int PIECE_LENGTH = 4096;

    @Test
    void smallElementsGoTogetherAndAPieceEndsWhereOneEnds() throws Exception {
        assertThat(pieces(3_000, 1_000, 200)).containsExactly(4_000, 200);
        assertThat(pieces(4_000, 96, 1)).containsExactly(4_096, 1);
        assertThat(pieces(4_000, 97)).containsExactly(4_000, 97);
    }

    @Test
    void aLargeElementIsAPieceOfItsOwn() throws Exception {
        assertThat(pieces(10_000)).containsExactly(10_000);
        assertThat(pieces(1, 10_000, 1, 1)).containsExactly(1, 10_000, 2);
        assertThat(pieces(4_096, 4_096, 4_096)).containsExactly(4_096, 4_096, 4_096);
    }

    @Test
    void nothingIsNoPiece() throws Exception {
        assertThat(pieces()).isEmpty();
    }

    @Test
    void anyElementsArriveWholeAndInOrder() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            byte[] element = new byte[1 + random.nextInt(random.nextInt(10) == 0 ? 9_000 : 600)];
            random.nextBytes(element);
            elements.add(element);
        }
        ByteBuffer expected = ByteBuffer.allocate(
                elements.stream().mapToInt(each -> each.length).sum());
        elements.forEach(expected::put);
        ByteBuffer actual = ByteBuffer.allocate(expected.capacity());
        ElementSource source = source(elements.iterator());
        for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
            assertThat(piece.position()).isZero();
            actual.put(piece);
        }
        assertThat(actual.array()).as("seed %d", seed).isEqualTo(expected.array());
    }

    @Test
    void theEndStaysTheEnd() throws Exception {
        ElementSource source = source(List.of(new byte[1]).iterator());
        assertThat(source.next().remaining()).isEqualTo(1);
        assertThat(source.next()).isNull();
        assertThat(source.next()).isNull();
    }

    @Test
    void anElementThatIsNoFrameFails() {
        ElementSource source = new ElementSource(
                "/a/fifo",
                List.of("element").iterator(),
                element -> {
                    throw new IOException("no frame: " + element);
                },
                PIECE_LENGTH,
                unused -> {});
        assertThatThrownBy(source::next).hasMessage("no frame: element");
    }

    /** When the next piece is asked for, the last one is in the pipe. */
    @Test
    void theFramesOfAPieceCountWhenTheNextPieceIsAskedFor() throws Exception {
        AtomicLong written = new AtomicLong();
        ElementSource source = new ElementSource(
                "/a/fifo",
                List.of(new byte[1], new byte[2], new byte[PIECE_LENGTH], new byte[1])
                        .iterator(),
                element -> ByteBuffer.wrap((byte[]) element),
                PIECE_LENGTH,
                written::addAndGet);

        List<Long> counts = new ArrayList<>();
        while (source.next() != null) {
            counts.add(written.get());
        }

        assertThat(counts).containsExactly(0L, 2L, 3L);
        assertThat(source.next()).isNull();
        assertThat(written).hasValue(4);
    }

    private static List<Integer> pieces(int... lengths) throws IOException {
        ElementSource source =
                source(IntStream.of(lengths).mapToObj(byte[]::new).toList().iterator());
        List<Integer> pieces = new ArrayList<>();
        for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
            pieces.add(piece.remaining());
        }
        return pieces;
    }

    private static ElementSource source(Iterator<?> elements) {
        return new ElementSource(
                "/a/fifo", elements, element -> ByteBuffer.wrap((byte[]) element), PIECE_LENGTH, unused -> {});
    }
}
