package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.PipeEngine;
import java.util.concurrent.Future;

/**
 * Lets the pump of a FIFO that was replaced at its path deliver before the FIFO that is at the path now.
 * {@link FramePump} asks, as the owner.
 *
 * <p>
 * The others wait until this FIFO is closed after its last writer's end. A writer that keeps it open must not block
 * them for ever: they wait until the bytes that were there at the start are delivered, and then a moment for the last
 * writers.
 */
final class Lead {

    private static final long LAST_WRITERS_END_MILLIS = 1_000;

    private final PipeEngine engine;
    private final FramePump pump;
    private final Turns turns;
    /** The position after the last byte that was there at the start. */
    private final long target;

    private boolean through;

    Lead(PipeEngine engine, FramePump pump, Turns turns, long target) {
        this.engine = engine;
        this.pump = pump;
        this.turns = turns;
        this.target = target;
        turns.lead(pump);
    }

    /** A message is done, and everything before the position is delivered. */
    void delivered(long position) {
        if (position >= target) {
            endSoon();
        }
    }

    /** Nothing more can be delivered for now. */
    void rest(PumpMode now) {
        if (now.isDrain()) {
            turns.leadNoMore(pump);
        } else {
            endSoon();
        }
    }

    /** Reading has failed: the others do not wait for that. */
    void fail() {
        turns.leadNoMore(pump);
    }

    private void endSoon() {
        if (!through) {
            through = true;
            Future<?> unused = engine.later(() -> turns.leadNoMore(pump), LAST_WRITERS_END_MILLIS);
        }
    }
}
