package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Posix;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A check that finds nothing is worth nothing, unless it finds what there is. */
@ExtendWith(LeakCheck.class)
class LeakCheckTest {

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final Posix posix = Posix.system();

    @Test
    void seesEveryKindOfDescriptorThatWeOpen() throws Exception {
        Path fifo = folder.fifo("fifo");
        List<String> before = LeakCheck.openDescriptors();
        try (Descriptor look = posix.openPath(fifo.toString());
                Descriptor reader = posix.reopenForReading(look);
                Descriptor eventfd = posix.eventfd();
                Epoll epoll = posix.epoll()) {
            assertThat(List.of(look, reader, eventfd, epoll)).doesNotContainNull();
            assertThat(LeakCheck.openDescriptors()).hasSize(before.size() + 4).contains(fifo.toString());
        }
        assertThat(LeakCheck.openDescriptors()).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void seesAThreadOfOurs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "Camel (test) thread #1 - fifo");
        thread.start();
        assertThat(LeakCheck.ourThreads()).containsExactly("Camel (test) thread #1 - fifo");

        end.countDown();
        thread.join();
        assertThat(LeakCheck.ourThreads()).isEmpty();
    }
}
