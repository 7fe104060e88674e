package io.github.camelfifo.examples.commandpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Readme;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that steer, and what becomes of the answers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ControlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** What {@code timeout} says. */
    private static final int TIMED_OUT = 124;

    @TempDir
    private Path folder;

    @Test
    void theBlocksOfTheReadmeDoWhatItSays() throws Exception {
        try (RunningPipes running = new RunningPipes(folder)) {
            assertThat(shell(Readme.ofThisModule().block("steer")))
                    .isEqualTo(Readme.ofThisModule().block("steer-answers"));
            await().atMost(PATIENCE).until(() -> running.received().equals(List.of("order 1", "order 2")));
            assertThat(shell(Readme.ofThisModule().block("refused")))
                    .isEqualTo(Readme.ofThisModule().block("refused-answers"));
            assertThat(running.status(Orders.ID)).isEqualTo(ServiceStatus.Started);
        }
    }

    @Test
    void eachActionIsAcceptedInEachStatus() throws Exception {
        try (RunningPipes running = new RunningPipes(folder).listening()) {
            assertThat(running.ask("stop orders")).isEqualTo("ok stop orders: Stopped");
            assertThat(running.ask("stop orders")).isEqualTo("ok stop orders: Stopped");
            assertThat(running.ask("resume orders")).isEqualTo("ok resume orders: Started");
            assertThat(running.ask("start orders")).isEqualTo("ok start orders: Started");
            assertThat(running.ask("suspend orders")).isEqualTo("ok suspend orders: Suspended");
            assertThat(running.ask("start orders")).isEqualTo("ok start orders: Started");
            Files.writeString(running.pipes().orders(), "order 1\n", StandardOpenOption.WRITE);
            await().atMost(PATIENCE).until(() -> running.received().equals(List.of("order 1")));
        }
    }

    @Test
    void anActionThatFailsSaysSo() throws Exception {
        try (RunningPipes running = new RunningPipes(folder).listening()) {
            assertThat(running.ask("stop orders")).isEqualTo("ok stop orders: Stopped");
            Files.delete(running.pipes().orders());
            Files.createFile(running.pipes().orders());

            assertThat(running.ask("start orders")).isEqualTo("failed start orders: Stopped");
        }
    }

    @Test
    void commandsAreNotHeldUpWhenNobodyReadsTheAnswers() throws Exception {
        try (RunningPipes running = new RunningPipes(folder)) {
            running.write("suspend orders\nresume orders\n".repeat(3) + "stop orders\n");

            // not before the last command
            running.awaitStatus(Orders.ID, ServiceStatus.Stopped);
        }
    }

    @Test
    void commandsAreNotHeldUpWhenTheAnswersPipeIsFull() throws Exception {
        int more = 64 * 1024 / "ok status orders: Started\n".length() + 100;
        try (RunningPipes running = new RunningPipes(folder);
                RandomAccessFile reader =
                        new RandomAccessFile(running.pipes().answers().toFile(), "rw")) {
            running.write("status orders\n".repeat(more) + "suspend orders\n");

            running.awaitStatus(Orders.ID, ServiceStatus.Suspended);
            assertThat(reader.readLine()).isEqualTo("ok status orders: Started");
        }
    }

    @Test
    void aCommandWithoutItsEndIsRefused() throws Exception {
        try (RunningPipes running = new RunningPipes(folder).listening()) {
            running.write("stop orders");

            assertThat(running.answer()).isEqualTo("refused: the line has no end");
            assertThat(running.status(Orders.ID)).isEqualTo(ServiceStatus.Started);
        }
    }

    @Test
    void theControlStopsItselfAndNoCommandStartsItAgain() throws Exception {
        try (RunningPipes running = new RunningPipes(folder).listening()) {
            running.write("stop control\nsuspend orders\n");
            assertThat(running.answer()).isEqualTo("ok stop control: after this answer");
            assertThat(running.answer()).as("what is behind it in the pipe").isEqualTo("refused: the control stops");
            running.awaitStatus(Control.ID, ServiceStatus.Stopped);

            List<String> echo = List.of(
                    "timeout",
                    "0.5",
                    "sh",
                    "-c",
                    "echo start control > \"$1\"",
                    "sh",
                    "" + running.pipes().control());
            try (ChildProcess shell = ChildProcess.start(echo, line -> {})) {
                assertThat(shell.await().exitCode()).as("it waits for a reader").isEqualTo(TIMED_OUT);
            }
            assertThat(running.status(Control.ID)).isEqualTo(ServiceStatus.Stopped);

            running.camel().getCamelContext().getRouteController().startRoute(Control.ID);
            assertThat(running.ask("suspend orders")).isEqualTo("ok suspend orders: Suspended");
        }
    }

    @Test
    void aWhitelistThatLetsTheControlBeSuspendedIsRefused() {
        Whitelist whitelist = new Whitelist(Map.of(Control.ID, EnumSet.of(Action.STATUS, Action.SUSPEND)));

        assertThatThrownBy(() -> new Control(folder.resolve("control"), folder.resolve("answers"), "0", whitelist))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"suspend control\" cannot be accepted");
    }

    @Test
    void theScriptThatAsksWritesNoSecondCommandAndMakesNoFiles() throws Exception {
        try (RunningPipes running = new RunningPipes(folder)) {
            Pipes pipes = running.pipes();
            assertThat(ask(pipes.control(), pipes.answers(), "note orders hi\nstop orders"))
                    .isEqualTo(new ChildProcess.Result(2, List.of("a command with a line break would be two")));
            assertThat(ask(pipes.control(), pipes.answers(), "status orders"))
                    .isEqualTo(new ChildProcess.Result(0, List.of("ok status orders: Started")));
        }
        Path nothing = folder.resolve("nothing");
        assertThat(ask(nothing, nothing, "status orders").exitCode()).isEqualTo(2);
        assertThat(nothing).doesNotExist();
    }

    private static ChildProcess.Result ask(Path control, Path answers, String command) throws Exception {
        try (ChildProcess shell = ChildProcess.sh("ask.sh", line -> {}, control, answers, command)) {
            return shell.await();
        }
    }

    @Test
    void onlyThisUserAndTheGroupMaySteer() throws Exception {
        try (RunningPipes running = new RunningPipes(folder)) {
            for (Path pipe : List.of(running.pipes().control(), running.pipes().answers())) {
                assertThat(Files.getPosixFilePermissions(pipe)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
                assertThat(Files.getAttribute(pipe, "unix:gid")).isEqualTo(Files.getAttribute(folder, "unix:gid"));
            }
        }
    }

    @Test
    void aControlPipeThatEverybodyCanWriteToIsNotRead() throws Exception {
        try (RunningPipes running = new RunningPipes(folder)) {
            RouteController routes = running.camel().getCamelContext().getRouteController();
            routes.stopRoute(Control.ID);
            Files.setPosixFilePermissions(running.pipes().control(), PosixFilePermissions.fromString("rw-rw--w-"));

            assertThatThrownBy(() -> routes.startRoute(Control.ID))
                    .rootCause()
                    .hasMessageStartingWith("strict=true refuses a named pipe ");
        }
    }

    /** Runs it in the folder. */
    private String shell(String commands) throws Exception {
        List<String> command = List.of("sh", "-c", "cd \"$1\" || exit; " + commands, "sh", folder.toString());
        try (ChildProcess shell = ChildProcess.start(command, line -> {})) {
            ChildProcess.Result result = shell.await();
            assertThat(result.exitCode()).as(result.lines().toString()).isZero();
            return String.join(
                    "", result.lines().stream().map(line -> line + "\n").toList());
        }
    }
}
