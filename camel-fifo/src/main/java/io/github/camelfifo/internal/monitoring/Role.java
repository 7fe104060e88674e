package io.github.camelfifo.internal.monitoring;

import java.util.EnumSet;
import java.util.Set;

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

    private static final Set<Role> CONSUMERS = EnumSet.of(CONSUMER, FOLDER, MEMBER);

    private final String title;

    Role(String title) {
        this.title = title;
    }

    /** {@return whether a consumer does it, for a route} */
    public boolean isConsumers() {
        return CONSUMERS.contains(this);
    }

    /** {@return how it is shown} */
    public String title() {
        return title;
    }
}
