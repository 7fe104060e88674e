package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.TerminatedMain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application that is told to end (SIGTERM) processes what is in the pipe, and ends. */
class ShutdownHookTest extends FifoTestSupport {

    private static final int LINES = 300;
    private static final int SIGTERM_STATUS = 128 + 15;

    @Test
    void anApplicationThatIsTerminatedProcessesWhatWasWrittenAndEndsByItself() throws Exception {
        Path in = folder.fifo("in");
        Path processed = folder.path("processed");
        PipeEnd holder = reader(in);
        PipeEnd writer = writer(in);
        JavaProcess application = closing(JavaProcess.startLogging(TerminatedMain.class, uri(in), processed));
        writer.write(Received.lines(LINES));
        await().atMost(Duration.ofSeconds(30)).until(() -> !lines(processed).isEmpty());

        application.terminate();

        assertThat(application.awaitExit(Duration.ofSeconds(30))).isEqualTo(SIGTERM_STATUS);
        assertThat(lines(processed))
                .as("processed; output: %s", application.output())
                .isEqualTo(Received.numbers(LINES));
        assertThat(holder.unread()).isZero();
        assertThat(application.output()).contains("Consuming from " + in + " has ended");
    }

    /** Nobody will ever read; the message fails, and the application ends. */
    @Test
    void anApplicationWhoseMessageWaitsForAReaderEndsAsWell() throws Exception {
        Path in = folder.fifo("in");
        Path out = folder.fifo("out");
        reader(in);
        JavaProcess application =
                closing(JavaProcess.startLogging(TerminatedMain.class, uri(in), uri(out, "readerTimeout=0")));
        writer(in).write("1\n");
        await().atMost(Duration.ofSeconds(30)).until(() -> application.output().contains("Nobody has " + out));

        application.terminate();

        assertThat(application.awaitExit(Duration.ofSeconds(30))).isEqualTo(SIGTERM_STATUS);
    }

    private static List<String> lines(Path file) throws Exception {
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
