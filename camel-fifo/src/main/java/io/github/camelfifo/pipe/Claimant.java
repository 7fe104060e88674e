package io.github.camelfifo.pipe;

/** The reader of a FIFO, as {@link ReaderClaims} shows it to other readers that want the same FIFO. */
public interface Claimant {

    /** {@return the name for the other reader's error message, such as the URI of its endpoint} */
    String name();

    /** {@return whether it gave up its claim, which nobody needs; called while the other reader has the FIFO open} */
    default boolean yields() {
        return false;
    }
}
