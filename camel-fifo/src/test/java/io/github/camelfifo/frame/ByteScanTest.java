package io.github.camelfifo.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ByteScanTest {

    private static final byte WANTED = '\n';

    @Test
    void theByteIsFoundAtEveryPlaceOfEveryStretch() {
        for (int from = 0; from < 10; from++) {
            for (int length = 0; length < 34; length++) {
                for (int at = from; at < from + length; at++) {
                    byte[] bytes = new byte[50];
                    bytes[at] = WANTED;
                    assertThat(ByteScan.indexOf(bytes, from, from + length, WANTED))
                            .as("from %d, length %d", from, length)
                            .isEqualTo(at);
                }
            }
        }
    }

    @Test
    void nothingIsFoundOutsideOfTheStretch() {
        for (int from = 1; from < 10; from++) {
            for (int length = 0; length < 34; length++) {
                byte[] bytes = new byte[50];
                bytes[from - 1] = WANTED;
                bytes[from + length] = WANTED;
                assertThat(ByteScan.indexOf(bytes, from, from + length, WANTED)).isEqualTo(-1);
            }
        }
    }

    @Test
    void noOtherByteIsTakenForAnyWantedByte() {
        for (int wanted = -128; wanted < 128; wanted++) {
            for (int other = -128; other < 128; other++) {
                byte[] bytes = new byte[16];
                Arrays.fill(bytes, (byte) other);
                bytes[13] = (byte) wanted;
                int expected = other == wanted ? 0 : 13;
                assertThat(ByteScan.indexOf(bytes, 0, 16, (byte) wanted)).isEqualTo(expected);
            }
        }
    }

    @Property
    void anArrayIsScannedAsByANaiveLoop(
            @ForAll("trickyBytes") byte[] bytes, @ForAll("trickyByte") byte wanted, @ForAll int a, @ForAll int b) {
        int first = Math.floorMod(a, bytes.length + 1);
        int second = Math.floorMod(b, bytes.length + 1);
        int from = Math.min(first, second);
        int to = Math.max(first, second);
        assertThat(ByteScan.indexOf(bytes, from, to, wanted)).isEqualTo(naive(bytes, from, to, wanted));
    }

    @Property
    void aBufferOfAnyKindIsScannedAsByANaiveLoop(
            @ForAll("trickyBytes") byte[] bytes, @ForAll("trickyByte") byte wanted, @ForAll BufferKind kind) {
        ByteBuffer buffer = kind.of(bytes);
        int naive = naive(bytes, 0, bytes.length, wanted);
        int expected = naive < 0 ? -1 : buffer.position() + naive;
        assertThat(ByteScan.indexOf(buffer, buffer.position(), buffer.limit(), wanted))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aScanLeavesTheBufferAlone(BufferKind kind) {
        ByteBuffer buffer = kind.of(new byte[20]).order(ByteOrder.BIG_ENDIAN);
        int position = buffer.position();
        int limit = buffer.limit();

        ByteScan.indexOf(buffer, position, limit, WANTED);

        assertThat(buffer.position()).isEqualTo(position);
        assertThat(buffer.limit()).isEqualTo(limit);
        assertThat(buffer.order()).isEqualTo(ByteOrder.BIG_ENDIAN);
    }

    /** A wrong borrow would mistake neighbours of the wanted byte for it, with and without the high bit. */
    @Provide
    Arbitrary<Byte> trickyByte() {
        return Arbitraries.of(0x0A, 0x0B, 0x09, 0x0D, 0x8A, 0x8B, 0x00, 0x01, 0x80, 0xFF)
                .map(Integer::byteValue);
    }

    @Provide
    Arbitrary<byte[]> trickyBytes() {
        return trickyByte().array(byte[].class).ofMaxSize(60);
    }

    private static int naive(byte[] bytes, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
