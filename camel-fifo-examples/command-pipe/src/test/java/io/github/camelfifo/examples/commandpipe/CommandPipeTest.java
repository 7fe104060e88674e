package io.github.camelfifo.examples.commandpipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example as a person runs it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class CommandPipeTest {

    private static final int TERMINATED = 143;
    private static final String ASK_STATUS = "exec 3<> answers; echo 'status orders' > control; head -n 1 <&3";

    @TempDir
    private Path folder;

    @Test
    void shellsSteerAndTryWhatTheyShouldNot() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));

        new Scenario(folder, report).run();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(report.isAllRight()).as(text).isTrue();
        assertThat(text).contains("orders 2 and 3 wait in their pipe", "5. The control stops itself");
    }

    @Test
    void withStayItObeysWhatIsTypedAndRemovesThePipesAtItsEnd() throws Exception {
        try (ChildProcess example = start("--stay")) {
            String cd = typed(example, "cd ");
            Path pipes = Path.of(cd.substring("cd ".length()));
            String commands = String.join(
                    "\n",
                    cd,
                    typed(example, "echo 'order 1' >"),
                    typed(example, "echo 'suspend orders' >"),
                    ASK_STATUS);
            try (ChildProcess shell = ChildProcess.start(List.of("sh", "-ec", commands), line -> {})) {
                assertThat(shell.lastLine()).endsWith(" orders: Suspended");
            }
            example.awaitLine("got: order 1"::equals);
            example.terminate();

            assertThat(example.await().exitCode()).isEqualTo(TERMINATED);
            assertThat(example.lines()).noneMatch(line -> line.contains("Exception"));
            assertThat(pipes).doesNotExist();
        }
    }

    @Test
    void anArgumentThatItDoesNotKnowIsRefused() throws Exception {
        try (ChildProcess example = start("--saty")) {
            assertThat(example.await().says(2, "The only argument there is: --stay"))
                    .isTrue();
        }
    }

    private static ChildProcess start(String argument) throws Exception {
        return ChildProcess.java(List.of("-XX:TieredStopAtLevel=1"), CommandPipe.class, line -> {}, argument);
    }

    /** The command that the example says to type. */
    private static String typed(ChildProcess example, String beginning) throws Exception {
        return example.awaitLine(line -> line.strip().startsWith(beginning)).strip();
    }
}
