package io.github.camelfifo.internal.pump;

/**
 * The receiver of a {@link FramePump}'s messages.
 *
 * @param handler gets them
 * @param gate lets them in one at a time
 * @param retryMillis the pause before a failed message comes again
 */
record PumpTarget(FrameHandler handler, DeliveryGate gate, long retryMillis) {}
