package io.github.camelfifo.pipe;

/** Who reads a FIFO, as {@link ReaderClaims} shows it to others that want to read the same one. */
public interface Claimant {

    /** {@return what to call it in the message that the other one gets, such as the URI of its endpoint} */
    String name();

    /** {@return whether it gave up its claim, as nobody needs it any more; called while the other one has the FIFO open} */
    default boolean yields() {
        return false;
    }
}
