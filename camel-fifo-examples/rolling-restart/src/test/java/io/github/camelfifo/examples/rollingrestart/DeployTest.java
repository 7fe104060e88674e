package io.github.camelfifo.examples.rollingrestart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script of the README. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DeployTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final List<ProcessHandle> versions = new ArrayList<>();

    @AfterEach
    void endVersions() {
        versions.forEach(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> versions.stream().noneMatch(DeployTest::runs));
    }

    @Test
    void aNewVersionTakesOverAndOneThatDoesNotStartLeavesTheOldOneAlone() throws Exception {
        Path orders = Programs.mkfifo(folder.resolve("orders"));
        ProcessHandle first = deploy(orders, 1);
        ProcessHandle yesterdays = ProcessHandle.current();
        Files.writeString(
                log(2),
                "Standing by for " + orders + "; it is locked by process " + yesterdays.pid() + " on host\n"
                        + "Reading " + orders + ": took the lock on it\n");
        ProcessHandle second = deploy(orders, 2);
        await().atMost(PATIENCE).until(() -> !runs(first));

        try (ChildProcess broken = ChildProcess.sh("deploy.sh", line -> {}, log(3), "false")) {
            assertThat(broken.await().exitCode()).isEqualTo(1);
        }

        assertThat(runs(second)).isTrue();
        send(orders, "order 1: 2 x 25");
        Path invoices = folder.resolve("invoices");
        await().atMost(PATIENCE).until(() -> Files.exists(invoices) && Files.size(invoices) > 0);
        assertThat(Files.readString(invoices)).startsWith("invoice 1: 50 by version 2 at ");
    }

    private ProcessHandle deploy(Path orders, int version) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(log(version).toString());
        command.addAll(ChildProcess.java(List.of("-XX:TieredStopAtLevel=1"), System.getProperty("java.class.path")));
        command.addAll(List.of(
                Version.class.getName(),
                orders.toString(),
                folder.resolve("invoices").toString(),
                "" + version));
        try (ChildProcess script = ChildProcess.sh("deploy.sh", line -> {}, command.toArray())) {
            ProcessHandle process =
                    ProcessHandle.of(Long.parseLong(script.lastLine())).orElseThrow();
            versions.add(process);
            return process;
        }
    }

    private Path log(int version) {
        return folder.resolve(version + ".log");
    }

    private static void send(Path orders, String line) throws Exception {
        Process echo = new ProcessBuilder("sh", "-c", "echo \"$1\" > \"$2\"", "sh", line, orders.toString())
                .inheritIO()
                .start();
        assertThat(echo.waitFor()).isZero();
    }

    /** An ended process of which nobody has asked for the exit code is still there, without a command. */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
