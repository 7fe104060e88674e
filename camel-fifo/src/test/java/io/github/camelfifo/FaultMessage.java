package io.github.camelfifo;

import java.util.concurrent.atomic.AtomicInteger;

/** A message on its way. */
final class FaultMessage {

    private final String text;
    private final AtomicInteger ends = new AtomicInteger();
    private volatile Exception failure;
    private volatile Object answer;
    private boolean noted;

    FaultMessage(String text) {
        this.text = text;
    }

    /** What it is in the pipe. */
    String text() {
        return text;
    }

    /** True from the second time on that it is asked. */
    boolean isNoted() {
        boolean before = noted;
        noted = true;
        return before;
    }

    void done(Exception reason, Object body) {
        failure = reason;
        answer = body;
        ends.incrementAndGet();
    }

    boolean isDone() {
        return ends.get() > 0;
    }

    /** How often its callback was called. */
    int ends() {
        return ends.get();
    }

    Exception failure() {
        return failure;
    }

    /** The exchange's body at the end. */
    Object answer() {
        return answer;
    }
}
