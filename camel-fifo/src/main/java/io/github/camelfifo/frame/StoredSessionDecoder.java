package io.github.camelfifo.frame;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * {@link Framing#SESSION} in a {@link SessionStore}: all bytes until the stream ends are one frame, of any length.
 * After its store has failed, the session's rest is skipped. Made by {@link Framing}.
 */
final class StoredSessionDecoder implements FrameDecoder {

    private final String source;
    private final Supplier<? extends SessionStore> stores;

    /** The store of the session in work; null between sessions and while one is skipped. */
    private SessionStore store;

    private boolean skipping;

    StoredSessionDecoder(FrameSettings settings) {
        source = settings.source();
        stores = settings.sessionStore();
    }

    @Override
    public Frame decode(ByteBuffer input) throws SessionStoreException {
        if (skipping) {
            input.position(input.limit());
        } else if (input.hasRemaining()) {
            store(input);
        }
        return null;
    }

    @Override
    public Frame finish() throws SessionStoreException {
        SessionStore ended = store;
        store = null;
        skipping = false;
        if (ended == null) {
            return null;
        }
        long length = ended.length();
        try {
            return new Frame(ended.finish());
        } catch (IOException | RuntimeException e) {
            ended.discard();
            throw new SessionStoreException(source, length, e);
        }
    }

    @Override
    public void discard() {
        skipping = false;
        if (store != null) {
            SessionStore unwanted = store;
            store = null;
            unwanted.discard();
        }
    }

    @Override
    public boolean isMidFrame() {
        return skipping || store != null;
    }

    @Override
    public long pendingBytes() {
        return store == null ? 0 : store.length();
    }

    /** None: what is in the store cannot be read before the session has ended. */
    @Override
    public byte[] pending() {
        return new byte[0];
    }

    private void store(ByteBuffer input) throws SessionStoreException {
        long length = pendingBytes() + input.remaining();
        try {
            if (store == null) {
                store = stores.get();
            }
            store.append(input.slice());
        } catch (IOException | RuntimeException e) {
            discard();
            skipping = true;
            throw new SessionStoreException(source, length, e);
        } finally {
            input.position(input.limit());
        }
    }
}
