package io.github.camelfifo.soak;

import io.github.camelfifo.testing.Wire;
import java.util.Arrays;
import java.util.function.Consumer;

/** The texts of the frames of a stream that comes in pieces. Confined to one thread at a time. */
final class WireTexts {

    private final Wire wire;
    private final Consumer<String> texts;
    private byte[] rest = {};

    WireTexts(Wire wire, Consumer<String> texts) {
        this.wire = wire;
        this.texts = texts;
    }

    void add(byte[] piece, int length) {
        byte[] all = Arrays.copyOf(rest, rest.length + length);
        System.arraycopy(piece, 0, all, rest.length, length);
        int from = 0;
        for (int next = wire.frameLength(all, from); next > 0; next = wire.frameLength(all, from)) {
            texts.accept(wire.text(Arrays.copyOfRange(all, from, from + next)));
            from += next;
        }
        rest = Arrays.copyOfRange(all, from, all.length);
    }
}
