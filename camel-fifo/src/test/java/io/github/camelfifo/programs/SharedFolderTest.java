package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A pipe between users who have nothing in common but a group, as between containers that share a volume. */
@Needs(program = "setpriv", debianPackage = "util-linux", fast = true)
class SharedFolderTest extends ProgramTestSupport {

    private static final int GROUP = 54321;

    /** Writes a line as a user of the group, and gives the exit status. */
    private static int writeAsMember(int user, Path fifo) {
        String script =
                "exec setpriv --reuid=$1 --regid=$2 --clear-groups --inh-caps=-all sh -c 'echo line > \"$0\"' \"$3\"";
        try (ShellProcess shell = ShellProcess.sh(script, user, GROUP, fifo)) {
            return shell.awaitExit(Duration.ofSeconds(60));
        }
    }

    private Path sharedFolder(int mode) throws Exception {
        AnotherUser.assumeRoot();
        Path shared = Files.createDirectory(folder.path("shared"));
        Files.setAttribute(shared, "unix:gid", GROUP);
        Files.setAttribute(shared, "unix:mode", mode);
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        return shared;
    }

    private void read(Path fifo, String options) throws Exception {
        RouteBuilder.addRoutes(
                context, routes -> routes.from("fifo:" + fifo + "?" + options).to("log:shared"));
        context.start();
    }

    @Test
    void inAFolderWithTheSetGroupIdBitThePipeBelongsToItsGroup() throws Exception {
        Path fifo = sharedFolder(02770).resolve("pipe");
        read(fifo, "permissions=rw-rw----");

        assertThat(Files.getAttribute(fifo, "unix:gid")).isEqualTo(GROUP);
        assertThat(writeAsMember(23456, fifo)).isZero();
        awaitLogged("shared", 1);
    }

    @Test
    void elsewhereTheGroupIsAnOption() throws Exception {
        Path fifo = sharedFolder(0770).resolve("pipe");
        read(fifo, "permissions=rw--w----&group=" + GROUP);

        assertThat(writeAsMember(23456, fifo)).isZero();
        awaitLogged("shared", 1);
    }
}
