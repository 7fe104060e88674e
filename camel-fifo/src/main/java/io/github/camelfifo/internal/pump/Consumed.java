package io.github.camelfifo.internal.pump;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What one consumer reads. {@code FifoConsumer} opens it at its start and leads it until its stop. It starts paused.
 * Thread-safe.
 */
public interface Consumed {

    /** All that it reads now. */
    Pumps pumps();

    /** Delivers everything that comes, and notices from now on what comes to the path. */
    void flow();

    /** Begins no further message. */
    void pause();

    /** Why there is nothing to read at the path; null when there is. */
    String whyLost();

    /**
     * Delivers the bytes up to the pumps' targets, or without targets those that are there now, and then pauses. It
     * opens nothing more.
     *
     * @param end whether to deliver an unfinished last frame too
     * @param failure gets the reason when the kernel does not tell how many bytes are there
     */
    CompletableFuture<Void> drain(boolean end, Consumer<IOException> failure);

    /** Delivers the bytes that were taken out of the pipes already, and then pauses. */
    CompletableFuture<Void> drainRead();

    /** Closes everything after the messages in work, and accounts for the bytes that are left. */
    void close();

    /** Takes {@link #close()} back; false when that is too late. */
    boolean cancelClose();

    /** After {@link #close()}: nobody waits any longer for messages in work. What others may read by now is left. */
    default void stopTaking() {}

    /** Why a part of it is not read; null when all is read. */
    default String whyIncomplete() {
        return null;
    }

    /** Whether it waits until another reader gives the FIFO up. */
    default boolean standsBy() {
        return false;
    }

    /** What the health shows besides, by name. */
    default Map<String, Object> details() {
        return Map.of();
    }
}
