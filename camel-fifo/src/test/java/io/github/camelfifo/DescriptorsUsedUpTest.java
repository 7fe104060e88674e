package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that has really no descriptors left; see {@link DescriptorsUsedUp}. */
class DescriptorsUsedUpTest extends FifoTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** JVM, Camel and their jars need less than 200. */
    private static final int LIMIT = 400;

    @Test
    void aConsumerReadsOnWithoutDescriptorsAndReopensWhenThereAreSomeAgain() throws Exception {
        Path fifo = folder.fifo("fifo");
        ShellProcess process = sh(
                "cd \"$1\" && ulimit -n " + LIMIT + " && exec \"$2\" -cp \"$3\" \"$4\" \"$5\"",
                folder.path(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                DescriptorsUsedUp.class.getName(),
                fifo);
        await("the process").atMost(PATIENCE).until(() -> hasReader(fifo));
        say(process, fifo, "pretend");
        await("reopening").atMost(PATIENCE).until(() -> logged("was reopened") == 1);
        say(process, fifo, "exhaust");
        assertThat(process.output()).contains("no more after").contains("Too many open files");

        for (int i = 1; i <= 100; i++) {
            say(process, fifo, "line " + i);
        }
        assertThat(logged("reading goes on through the old descriptor")).isEqualTo(2);
        assertThat(logged("was reopened")).isEqualTo(1);

        say(process, fifo, "free");
        await("reopening").atMost(PATIENCE).until(() -> logged("was reopened") == 2);
        say(process, fifo, "end");
        assertThat(process.awaitExit(PATIENCE)).as(process.errorOutput()).isZero();
        assertThat(lines(process).stream().filter(line -> line.startsWith("line")))
                .hasSize(100)
                .doesNotHaveDuplicates();
        assertThat(logged("reading goes on through the old descriptor")).isEqualTo(2);
    }

    /** By a writer of its own. */
    private static void say(ShellProcess process, Path fifo, String line) throws Exception {
        write(fifo, line + "\n");
        await(line)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> lines(process).contains(line));
    }

    private static List<String> lines(ShellProcess process) {
        return process.output().lines().toList();
    }

    private static boolean hasReader(Path fifo) {
        try {
            PipeEnd.writing(fifo).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** How many lines of the other process's log say so. */
    private long logged(String text) throws IOException {
        try (var lines = Files.lines(folder.path("target").resolve("fifo.log"))) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }
}
