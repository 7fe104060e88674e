package io.github.camelfifo.examples.rollingrestart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole example, with a real shell and real JVMs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ScenarioTest {

    private static final int RESTARTS = Boolean.getBoolean("fifo.ci") ? 10 : 2;

    @TempDir
    private Path folder;

    @Test
    void noOrderIsLostOrOutOfPlaceWhileVersionsComeAndGoAndTheWriterNeverNotices() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));

        try (Scenario scenario = new Scenario(folder, report)) {
            scenario.run(RESTARTS);

            assertThat(ProcessHandle.current().descendants()).isEmpty();
        }

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(report.isAllRight()).as(text).isTrue();
        assertThat(text)
                .contains("the script has ended with exit code 0\n")
                .containsPattern("written [1-9]\\d{3,}, lost 0, twice \\d+, out of order 0,")
                .contains(RESTARTS + " restarts: median ");
    }
}
