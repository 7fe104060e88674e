package io.github.camelfifo;

/** Something that users do, so that each system call is made that this takes; can be done again on the same stage. */
interface FaultPlay {

    /** For the table. */
    String name();

    /**
     * Does it.
     *
     * @throws FaultStage.Refused when something was refused that all the rest needs
     * @throws FaultStage.NotInTime when something does not come
     * @throws FaultStage.Wrong when something else comes
     */
    void perform(FaultStage stage) throws Exception;
}
