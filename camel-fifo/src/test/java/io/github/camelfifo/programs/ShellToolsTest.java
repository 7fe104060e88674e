package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shell and its tools on the other end of a pipe. */
@Needs(program = "find", debianPackage = "findutils", fast = true)
class ShellToolsTest extends ProgramTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KILLED_BY_SIGPIPE = 141;

    /** One line, and a hundred thousand more when {@code go} is there: more than a pipe holds. */
    private static final String LINES = "(echo 1; until [ -e \"$1/go\" ]; do sleep 0.01; done; seq 2 100000)";

    @Test
    void namesOfFilesMayHaveLineFeedsAndSpaces() throws Exception {
        fifo("names");
        startRoutes("find-route");
        Path files = give(Files.createDirectory(folder.path("incoming")));
        Set<String> names = new TreeSet<>(Set.of(files.toString()));
        for (String name : List.of("plain", "with spaces", "two\nlines", " ", "ä€", "\t")) {
            names.add(Files.createFile(files.resolve(name)).toString());
        }

        sh(example("find")).await();

        awaitLogged("names", names.size());
        assertThat(new TreeSet<>(logged("names"))).isEqualTo(names);
        assertThat(logged("names")).hasSameSizeAs(names);
    }

    @Test
    void teeWritesIntoAFileAndIntoAPipe() throws Exception {
        fifo("copy");
        startRoutes("tee-route");

        sh("cd \"$1\"; seq 1000 | " + example("tee"), folder.path()).await();

        awaitLogged("copy", 1000);
        assertThat(logged("copy")).isEqualTo(numbers(1, 1000));
        assertThat(Files.readAllLines(folder.path("report.txt"))).isEqualTo(numbers(1, 1000));
    }

    /** Runs what the example says; the route stops after the first line. */
    private ShellProcess teeWhoseReaderGoes(String tee) throws Exception {
        fifo("copy");
        startRoutes("tee-route");
        String script = "cd \"$1\"; " + LINES + " | { " + tee.strip() + "; echo $? > status; }";
        ShellProcess shell = sh(script, folder.path());
        awaitLogged("copy", 1);
        context.getRouteController().stopRoute("copy");
        Files.createFile(folder.path("go"));
        assertThat(shell.awaitExit(PATIENCE)).isZero();
        return shell;
    }

    private int lastStatus() throws Exception {
        return Integer.parseInt(Files.readString(folder.path("status")).strip());
    }

    @Test
    void teeWritesItsFileToTheEndWhenTheReaderOfItsPipeGoes() throws Exception {
        teeWhoseReaderGoes(example("tee"));

        assertThat(lastStatus()).isZero();
        assertThat(Files.readAllLines(folder.path("report.txt"))).isEqualTo(numbers(1, 100_000));
    }

    @Test
    void teeWithoutItsOptionIsKilled() throws Exception {
        teeWhoseReaderGoes(example("tee").replace("tee -p", "tee"));

        assertThat(lastStatus()).isEqualTo(KILLED_BY_SIGPIPE);
        assertThat(Files.readAllLines(folder.path("report.txt"))).doesNotContain("100000");
    }

    /** The pipe of another user in a folder such as /tmp; the kernel may allow it, see proc(5). */
    @Test
    void inAStickyFolderAShellMayNotWriteIntoAnothersPipe() throws Exception {
        AnotherUser.assumeRoot();
        assumeTrue(
                !"0"
                        .equals(Files.readString(Path.of("/proc/sys/fs/protected_fifos"))
                                .strip()),
                "fs.protected_fifos is 0 here");
        Path sticky = Files.createDirectory(folder.path("sticky"));
        Files.setAttribute(sticky, "unix:mode", 01777);
        Path fifo = fifo("sticky/pipe");
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-rw-rw-"));

        try (ShellProcess shell = ShellProcess.sh("echo line > \"$1\"", fifo)) {
            assertThat(shell.awaitExit(PATIENCE)).isNotZero();
            assertThat(shell.errorOutput()).contains("Permission denied");
        }
    }
}
