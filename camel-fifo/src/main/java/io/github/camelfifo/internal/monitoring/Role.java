package io.github.camelfifo.internal.monitoring;

/** What somebody does with a FIFO. The names are those that the dev console shows. */
public enum Role {
    /** A consumer reads it for a route. */
    CONSUMER("consumer"),
    /** A consumer reads all FIFOs in this folder. */
    FOLDER("folder"),
    /** It is one of the FIFOs in a folder that a consumer reads. */
    MEMBER("member"),
    /** A polling consumer takes single frames from it. */
    POLLING("polling"),
    /** A producer writes to it. */
    PRODUCER("producer");

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /** {@return how it is shown} */
    public String title() {
        return title;
    }
}
