package io.github.camelfifo.examples.livetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.examples.livetail.RingBuffer.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RingBufferTest {

    private static final int ANY = 1_000_000;

    @Test
    void anEmptyOneHasNothingAndNobodyMissedAnything() {
        assertThat(new RingBuffer(3, ANY).after(0, ANY, ANY)).isEqualTo(new Piece(List.of(), 0, 0, false));
    }

    @Test
    void aReaderGetsWhatFollowsTheLineThatItHas() {
        RingBuffer buffer = buffer(5, ANY, "a", "b", "c");

        Piece piece = buffer.after(1, ANY, ANY);

        assertThat(piece.lines()).extracting(Line::text).containsExactly("b", "c");
        assertThat(piece.lines()).extracting(Line::number).containsExactly(2L, 3L);
        assertThat(piece.missed()).isZero();
        assertThat(piece.next()).isEqualTo(3);
        assertThat(buffer.after(3, ANY, ANY)).isEqualTo(new Piece(List.of(), 0, 3, false));
    }

    @Test
    void theOldestLinesMakeRoomAndAReaderIsToldHowManyItMissed() {
        RingBuffer buffer = buffer(3, ANY, "a", "b", "c", "d", "e");

        Piece piece = buffer.after(1, ANY, ANY);

        assertThat(piece.lines()).extracting(Line::text).containsExactly("c", "d", "e");
        assertThat(piece.missed()).isEqualTo(1);
        assertThat(buffer.after(0, ANY, ANY).missed()).isEqualTo(2);
        assertThat(buffer.after(2, ANY, ANY).missed()).isZero();
    }

    @Test
    void itIsBoundedByTheBytesOfItsTextToo() {
        // two bytes each
        RingBuffer buffer = buffer(100, 6, "ä", "ö", "ü", "é");
        assertThat(buffer.after(0, ANY, ANY).lines()).extracting(Line::text).containsExactly("ö", "ü", "é");

        buffer.add("12345", false, 0);
        assertThat(buffer.after(0, ANY, ANY).lines()).extracting(Line::text).containsExactly("12345");
        buffer.add("1", false, 0);
        assertThat(buffer.after(0, ANY, ANY).lines()).extracting(Line::text).containsExactly("12345", "1");
    }

    @Test
    void theNewestLineIsKeptHoweverLongItIs() {
        RingBuffer buffer = buffer(100, 3, "a", "long line");

        assertThat(buffer.after(0, ANY, 1).lines()).extracting(Line::text).containsExactly("long line");
        buffer.add("b", false, 0);
        assertThat(buffer.after(0, ANY, ANY).lines()).extracting(Line::text).containsExactly("b");
    }

    @Test
    void aPieceIsBoundedInLinesAndInBytesAndSaysThatThereIsMore() {
        RingBuffer buffer = buffer(100, ANY, "aa", "bb", "cc", "dd");

        Piece two = buffer.after(0, 2, ANY);
        assertThat(two.lines()).extracting(Line::text).containsExactly("aa", "bb");
        assertThat(two.more()).isTrue();
        assertThat(two.next()).isEqualTo(2);
        Piece fiveBytes = buffer.after(two.next(), ANY, 3);
        assertThat(fiveBytes.lines()).extracting(Line::text).containsExactly("cc");
        assertThat(fiveBytes.more()).isTrue();
        assertThat(buffer.after(fiveBytes.next(), ANY, 2).more()).isFalse();
    }

    @Test
    void aNumberThatNoLineHasHadIsRefused() {
        RingBuffer buffer = buffer(3, ANY, "a");

        assertThatThrownBy(() -> buffer.after(2, ANY, ANY)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.after(-1, ANY, ANY)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void marksStayWithTheirLine() {
        long before = System.currentTimeMillis();
        RingBuffer buffer = new RingBuffer(3, ANY);
        buffer.add("cut", true, 99);

        assertThat(buffer.after(0, ANY, ANY).lines()).singleElement().satisfies(line -> {
            assertThat(line.incomplete()).isTrue();
            assertThat(line.fullLength()).isEqualTo(99);
            assertThat(line.millis()).isBetween(before, System.currentTimeMillis());
        });
    }

    @Test
    void whatManyReadersGetAndMissAddsUpWhileManyThreadsWrite() throws Exception {
        int writers = 3;
        int each = 20_000;
        int total = writers * each;
        RingBuffer buffer = new RingBuffer(100, 2_000);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                readers.add(threads.submit(() -> readUntil(buffer, total)));
            }
            Callable<Void> writer = () -> {
                for (int i = 0; i < each; i++) {
                    buffer.add("line " + i, false, 0);
                }
                return null;
            };
            for (int i = 0; i < writers; i++) {
                Future<Void> unused = threads.submit(writer);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get(60, TimeUnit.SECONDS)).isEqualTo(total);
            }
            assertThat(buffer.after(0, ANY, ANY).lines()).hasSizeLessThanOrEqualTo(100);
        } finally {
            threads.shutdownNow();
        }
    }

    /** How many lines it got and missed. */
    private static long readUntil(RingBuffer buffer, long last) {
        long after = 0;
        long sum = 0;
        while (after < last) {
            Piece piece = buffer.after(after, 50, ANY);
            sum += piece.missed() + piece.lines().size();
            long expected = after + piece.missed();
            for (Line line : piece.lines()) {
                expected++;
                assertThat(line.number()).isEqualTo(expected);
            }
            assertThat(piece.next()).isEqualTo(expected);
            after = expected;
        }
        return sum;
    }

    private static RingBuffer buffer(int maxLines, long maxBytes, String... texts) {
        RingBuffer buffer = new RingBuffer(maxLines, maxBytes);
        for (String text : texts) {
            buffer.add(text, false, 0);
        }
        return buffer;
    }
}
