package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** What systemd makes of the operations page's files, as far as that shows without running it as the first process. */
@Needs(program = "systemd-tmpfiles", debianPackage = "systemd")
class SystemdTest extends ProgramTestSupport {

    /** With the folder of this test, and users that this machine has. */
    private String adapted(String name) {
        return (PAGE.get(name).code() + "\n")
                .replace("/run/shop", folder.path() + "/run")
                .replace("shop  shop", "nobody nogroup")
                .replace("=shop\n", "=nobody\n");
    }

    /** Gives what systemd says. */
    private String makeFiles(String files) throws Exception {
        Path configuration = file("tmpfiles.conf", files);
        try (ShellProcess tmpfiles = ShellProcess.sh("exec systemd-tmpfiles --create \"$1\"", configuration)) {
            tmpfiles.await();
            return tmpfiles.errorOutput();
        }
    }

    @Test
    void tmpfilesMakesTheFolderAndThePipesAndLeavesAPipeThatIsThere() throws Exception {
        AnotherUser.assumeRoot();
        makeFiles(adapted("systemd-tmpfiles"));
        Path fifo = folder.path("run/orders");
        PosixFileAttributes made = Files.readAttributes(fifo, PosixFileAttributes.class);
        PosixFileAttributes directory = Files.readAttributes(folder.path("run"), PosixFileAttributes.class);
        makeFiles(adapted("systemd-tmpfiles"));

        assertThat(made.isOther()).isTrue();
        assertThat(PosixFilePermissions.toString(made.permissions())).isEqualTo("rw-rw----");
        assertThat(made.owner().getName()).isEqualTo("nobody");
        assertThat(made.group().getName()).isEqualTo("nogroup");
        assertThat(PosixFilePermissions.toString(directory.permissions())).isEqualTo("rwxr-x---");
        assertThat(Files.readAttributes(fifo, PosixFileAttributes.class).fileKey())
                .isEqualTo(made.fileKey());
    }

    @Test
    void tmpfilesReplacesAFileByAPipeOnlyWhenItIsTold() throws Exception {
        AnotherUser.assumeRoot();
        String files = adapted("systemd-tmpfiles");
        makeFiles(files);
        Path fifo = folder.path("run/orders");
        Files.delete(fifo);
        Files.writeString(fifo, "an order that came too early\n");

        assertThat(makeFiles(files)).contains("already exists and is not a FIFO");
        assertThat(fifo).isRegularFile();
        makeFiles(files.replace("p ", "p+ "));
        assertThat(Files.readAttributes(fifo, PosixFileAttributes.class).isOther())
                .isTrue();
    }

    /** systemd prints what it does not know, and goes on. It may print something on the units of this machine, too. */
    @Test
    void theUnitsAreUnderstood() throws Exception {
        file("shop.service", adapted("systemd-service").replace("/usr/bin/java", "/bin/true"));
        file("shop.socket", adapted("systemd-socket"));

        try (ShellProcess verify = ShellProcess.sh(
                "exec systemd-analyze verify --man=no \"$1/shop.service\" \"$1/shop.socket\"", folder.path())) {
            verify.await();
            assertThat(verify.errorOutput()
                            .lines()
                            .filter(line -> line.contains("shop."))
                            .filter(line -> !line.contains("Special user nobody")))
                    .isEmpty();
        }
    }

    /** As systemd has a pipe of {@code ListenFIFO=}. */
    @Test
    void whereAnotherProcessHasThePipeOpenForWritingALineWithoutEndWaitsForTheNext() throws Exception {
        Path fifo = fifo("rows");
        startRoutes("postgresql-rows");
        ShellProcess holder = sh("exec 3<> \"$1\"; echo open; exec sleep 1000", fifo);
        soon().until(() -> holder.output().equals("open\n"));

        sh("printf one > \"$1\"; printf 'two\\nthree\\n' > \"$1\"", fifo).await();

        awaitLogged("rows", 2);
        assertThat(logged("rows")).containsExactly("onetwo", "three");
    }
}
