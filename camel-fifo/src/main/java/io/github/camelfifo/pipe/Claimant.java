package io.github.camelfifo.pipe;

/** Who reads a FIFO, as others see it that want to read the same one. */
public interface Claimant {

    /**
     * What to call it in the message that the other one gets.
     *
     * @return such as the URI of its endpoint
     */
    String name();

    /**
     * Gives the FIFO up, if nobody needs it any more. Called while the other one has it open.
     *
     * @return whether the claim has been released
     */
    default boolean yields() {
        return false;
    }
}
