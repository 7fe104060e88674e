package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What logrotate does to a pipe. */
@Needs(program = "logrotate", debianPackage = "logrotate")
class LogrotateTest extends ProgramTestSupport {

    private void rotate(String options) throws Exception {
        Path configuration = file("logrotate.conf", "%s {\n%s}\n".formatted(folder.path("access"), options));
        Files.setPosixFilePermissions(configuration, PosixFilePermissions.fromString("rw-r--r--"));
        run("logrotate", "--force", "--state", folder.path("state"), configuration);
    }

    @Test
    void itRenamesThePipeAndMakesAFileInItsPlace() throws Exception {
        Path fifo = fifo("access");
        startRoutes("nginx-route");
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            rotate("rotate 3\ncreate\n");

            assertThat(Files.isRegularFile(fifo, LinkOption.NOFOLLOW_LINKS)).isTrue();
            assertThat(Files.readAttributes(folder.path("access.1"), "unix:mode")
                            .get("mode"))
                    .matches(mode -> ((int) mode & 0170000) == 0010000);
            writer.write("who has it open goes on\n");
            sh("echo who opens it writes into the file >> \"$1\"", fifo).await();

            awaitLogged("access", 1);
            assertThat(logged("access")).containsExactly("who has it open goes on");
            assertThat(fifo).hasContent("who opens it writes into the file");
        }
    }

    @Test
    void itLeavesThePipeAloneWhereEmptyFilesAreNotRotated() throws Exception {
        Path fifo = fifo("access");
        startRoutes("nginx-route");
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            context.getRouteController().suspendRoute("access");
            writer.write("line\n");
            rotate(example("logrotate"));
            context.getRouteController().resumeRoute("access");
            sh("echo another > \"$1\"", fifo).await();
        }

        awaitLogged("access", 2);
        assertThat(logged("access")).containsExactly("line", "another");
        assertThat(folder.path("access.1")).doesNotExist();
    }
}
