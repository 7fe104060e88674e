package io.github.camelfifo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A consumer's JVM is killed (SIGKILL) while an exchange hangs: only that one comes again. */
@ExtendWith(LeakCheck.class)
class HangingExchangeTest {

    private static final int FAST = 150;
    private static final int LAST = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void onlyTheExchangeThatHangsComesAgain(boolean endsElsewhere) throws Exception {
        Path fifo = folder.fifo("in");
        String uri = "fifo:" + fifo + "?acknowledge=ON_COMPLETION";
        Path first = folder.path("first");
        Path second = folder.path("second");
        String hanging = String.valueOf(FAST + 1);
        try (PipeEnd holder = PipeEnd.reading(fifo)) {
            try (JavaProcess consumer = JavaProcess.start(HangingConsumer.class, uri, first, hanging, endsElsewhere);
                    PipeEnd writer = PipeEnd.writing(fifo)) {
                writer.write(lines(1, LAST));
                await().atMost(PATIENCE).until(() -> read(first).endsWith(hanging + "\n"));
                int left = lines(FAST + 1, LAST).length();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(holder.unread()).isEqualTo(left));
                consumer.kill();
                assertThat(holder.unread()).isEqualTo(left);
            }
            try (JavaProcess consumer = JavaProcess.start(HangingConsumer.class, uri, second, "none", endsElsewhere)) {
                await().atMost(PATIENCE).until(() -> read(second).endsWith(LAST + "\n"));
                holder.awaitEmpty();
                consumer.kill();
            }
        }
        assertThat(read(first)).isEqualTo(lines(1, FAST + 1));
        assertThat(read(second)).isEqualTo(lines(FAST + 1, LAST));
    }

    private static String read(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String lines(int from, int to) {
        List<String> numbers =
                IntStream.rangeClosed(from, to).mapToObj(String::valueOf).collect(Collectors.toList());
        return String.join("\n", numbers) + "\n";
    }
}
