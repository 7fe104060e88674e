package io.github.camelfifo.frame;

import static io.github.camelfifo.frame.Feed.TOO_LONG;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionTest {

    private final List<Store> stores = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void allThatComesUntilTheStreamEndsIsOneFrame(BufferKind kind) {
        Feed feed = session(100)
                .bytes(kind, bytes("one\n"))
                .bytes(kind, bytes("two"))
                .end()
                .bytes(kind, bytes("three"))
                .end();
        assertThat(bodies(feed)).containsExactly("one\ntwo", "three");
    }

    @Test
    void aSessionWithoutAByteIsNoFrame() {
        assertThat(session(100).end().text("").end().events).isEmpty();
        assertThat(stored().end().text("").end().events).isEmpty();
        assertThat(stores).isEmpty();
    }

    @Test
    void noByteEndsASessionSoNoneIsWanted() {
        for (Feed feed : List.of(session(100), stored())) {
            assertThat(feed.decoder.isMidFrame()).isFalse();
            feed.text("abc");
            assertThat(feed.decoder.isMidFrame()).isTrue();
            assertThat(feed.decoder.bytesWanted()).isZero();
            assertThat(feed.decoder.pendingBytes()).isEqualTo(3);
            assertThat(feed.end().decoder.isMidFrame()).isFalse();
        }
    }

    @Test
    void aSessionInMemoryIsBounded() {
        Feed feed = session(3)
                .text("ab", "c")
                .end()
                .text("ab", "cd", "far too long")
                .end()
                .text("ok")
                .end();
        assertThat(feed.readable().get(1)).isEqualTo(TOO_LONG);
        assertThat(feed.events).hasSize(3);
        assertThat(feed.refusals.get(0).lengthSoFar()).isEqualTo(4);
    }

    @Test
    void aStoredSessionIsNot() {
        Feed feed = stored().text("ab", "cd", "far longer than the limit").end();
        assertThat(bodies(feed)).containsExactly("abcdfar longer than the limit");
        assertThat(stores)
                .singleElement()
                .satisfies(store -> assertThat(store.discarded).isFalse());
    }

    @Test
    void eachSessionHasAStoreOfItsOwn() {
        Feed feed = stored().text("a", "b").end().text("c").end();
        assertThat(bodies(feed)).containsExactly("ab", "c");
        assertThat(stores).hasSize(2);
    }

    @Test
    void aStoreThatFailsLosesTheSessionOnceAndTheNextOneArrives() {
        Feed feed = stored().text("ab", Store.POISON, "more").end().text("next").end();
        assertThat(feed.events).hasSize(2);
        assertThat((Exception) feed.events.get(0))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContainingAll(Feed.SOURCE, "6 bytes so far", "disk full")
                .hasCauseInstanceOf(IOException.class);
        assertThat(((SessionStoreException) feed.events.get(0)).lengthSoFar()).isEqualTo(6);
        assertThat(((SessionStoreException) feed.events.get(0)).source()).isEqualTo(Feed.SOURCE);
        assertThat(((Frame) feed.events.get(1)).body()).isEqualTo("next".getBytes(UTF_8));
        assertThat(stores.get(0).discarded).isTrue();
        assertThat(stores.get(1).discarded).isFalse();
    }

    @Test
    void aStoreThatCannotFinishLosesTheSession() {
        Feed feed = stored().text("ab");
        stores.get(0).failAtTheEnd = true;
        feed.end().text("next").end();
        assertThat((Exception) feed.events.get(0))
                .isInstanceOf(SessionStoreException.class)
                .hasMessageContaining("2 bytes so far");
        assertThat(stores.get(0).discarded).isTrue();
        assertThat(feed.events).hasSize(2);
    }

    @Test
    void aDiscardedSessionFreesItsStore() {
        Feed feed = stored().text("ab");
        feed.decoder.discard();
        assertThat(stores.get(0).discarded).isTrue();
        assertThat(feed.end().events).isEmpty();

        Feed inMemory = session(100).text("ab");
        inMemory.decoder.discard();
        assertThat(inMemory.decoder.pendingBytes()).isZero();
        assertThat(inMemory.end().events).isEmpty();
    }

    @Test
    void aSessionThatIsCutShortCanBeMarkedSo() throws Exception {
        Frame frame = session(100).text("ab").decoder.finish();
        assertThat(frame.isMarked()).isFalse();
        assertThat(frame.asIncomplete().mark().incomplete()).isTrue();
        assertThat(frame.asIncomplete().body()).isSameAs(frame.body());
    }

    @Test
    void whatIsWrittenIsTheBodyAsItIs() throws Exception {
        FrameEncoder encoder = Framing.SESSION.encoder(Feed.settings(UTF_16, 1));
        assertThat(encoder.encode(new byte[1000]).limit()).isEqualTo(1000);
        assertThat(encoder.encode("ab")).isEqualTo(ByteBuffer.wrap("ab".getBytes(UTF_16)));
    }

    private static Feed session(int maxFrameLength) {
        return Feed.of(Framing.SESSION, Feed.builder(maxFrameLength));
    }

    private Feed stored() {
        return Feed.of(Framing.SESSION, Feed.builder(3).build().withSessionStore(() -> {
            stores.add(new Store());
            return stores.get(stores.size() - 1);
        }));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<String> bodies(Feed feed) {
        return feed.events.stream()
                .map(event -> new String((byte[]) ((Frame) event).body(), UTF_8))
                .toList();
    }

    /** Keeps a session in memory, and fails when told to. */
    private static final class Store implements SessionStore {

        static final String POISON = "full";

        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean discarded;
        boolean failAtTheEnd;

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            if (new String(copy, UTF_8).equals(POISON)) {
                throw new IOException("disk full");
            }
            content.writeBytes(copy);
        }

        @Override
        public long length() {
            return content.size();
        }

        @Override
        public Object finish() {
            if (failAtTheEnd) {
                throw new IllegalStateException("disk gone");
            }
            return content.toByteArray();
        }

        @Override
        public void discard() {
            discarded = true;
        }
    }
}
