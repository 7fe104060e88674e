package io.github.camelfifo.examples.commandpipe;

import java.util.Locale;
import org.apache.camel.ServiceStatus;

/** What can be done with a route, by the name that Camel's controlbus has for it. */
enum Action {
    START(ServiceStatus.Started),
    STOP(ServiceStatus.Stopped),
    SUSPEND(ServiceStatus.Suspended),
    RESUME(ServiceStatus.Started),
    /** Does nothing. The status is part of each answer. */
    STATUS(null);

    private final ServiceStatus result;

    Action(ServiceStatus result) {
        this.result = result;
    }

    /** As it is written in a command. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a route that has this status then is as it should be. */
    boolean isDone(String status) {
        return result == null || result.name().equals(status);
    }
}
