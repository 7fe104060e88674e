package io.github.camelfifo.posix;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The constants of {@link Linux} and {@link Epoll} are those of this system's C headers. */
class LinuxConstantsTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    @Test
    void areThoseOfTheCHeaders() throws Exception {
        Map<String, Long> ours = new TreeMap<>();
        ours.put("EAGAIN", (long) Linux.EAGAIN);
        ours.put("EINTR", (long) Linux.EINTR);
        ours.put("O_RDONLY", (long) Linux.O_RDONLY);
        ours.put("O_WRONLY", (long) Linux.O_WRONLY);
        ours.put("O_RDWR", (long) Linux.O_RDWR);
        ours.put("O_CREAT", (long) Linux.O_CREAT);
        ours.put("O_EXCL", (long) Linux.O_EXCL);
        ours.put("O_NONBLOCK", (long) Linux.O_NONBLOCK);
        ours.put("O_NOFOLLOW", (long) Linux.O_NOFOLLOW);
        ours.put("O_CLOEXEC", (long) Linux.O_CLOEXEC);
        ours.put("O_PATH", (long) Linux.O_PATH);
        ours.put("EPOLL_CLOEXEC", (long) Linux.EPOLL_CLOEXEC);
        ours.put("EPOLL_CTL_ADD", (long) Linux.EPOLL_CTL_ADD);
        ours.put("EPOLL_CTL_DEL", (long) Linux.EPOLL_CTL_DEL);
        ours.put("EPOLL_CTL_MOD", (long) Linux.EPOLL_CTL_MOD);
        ours.put("EPOLLIN", (long) Epoll.IN);
        ours.put("EPOLLOUT", (long) Epoll.OUT);
        ours.put("EPOLLONESHOT", (long) Epoll.ONE_SHOT);
        ours.put("(int) EPOLLET", (long) Epoll.EDGE_TRIGGERED);
        ours.put("EFD_NONBLOCK", (long) Linux.EFD_NONBLOCK);
        ours.put("EFD_CLOEXEC", (long) Linux.EFD_CLOEXEC);
        ours.put("FIONREAD", Linux.FIONREAD);
        ours.put("POLLOUT", (long) Linux.POLLOUT);
        ours.put("POLLERR", (long) Linux.POLLERR);
        ours.put("POLLHUP", (long) Linux.POLLHUP);
        ours.put("X_OK", (long) Linux.X_OK);
        ours.put("W_OK", (long) Linux.W_OK);
        ours.put("R_OK", (long) Linux.R_OK);
        ours.put("AT_EACCESS", (long) Linux.AT_EACCESS);
        ours.put("S_IFMT", (long) Linux.S_IFMT);
        ours.put("S_IFIFO", (long) Linux.S_IFIFO);
        ours.put("S_IFDIR", (long) Linux.S_IFDIR);
        ours.put("S_IFREG", (long) Linux.S_IFREG);
        ours.put("S_IFLNK", (long) Linux.S_IFLNK);
        ours.put("IN_CLOSE_WRITE", (long) Linux.IN_CLOSE_WRITE);
        ours.put("IN_CLOSE_NOWRITE", (long) Linux.IN_CLOSE_NOWRITE);
        ours.put("IN_ACCESS", (long) Linux.IN_ACCESS);
        ours.put("IN_ATTRIB", (long) Linux.IN_ATTRIB);
        ours.put("IN_DELETE_SELF", (long) Linux.IN_DELETE_SELF);
        ours.put("IN_MOVE_SELF", (long) Linux.IN_MOVE_SELF);
        ours.put("IN_MOVED_FROM", (long) Linux.IN_MOVED_FROM);
        ours.put("IN_MOVED_TO", (long) Linux.IN_MOVED_TO);
        ours.put("IN_CREATE", (long) Linux.IN_CREATE);
        ours.put("IN_DELETE", (long) Linux.IN_DELETE);
        ours.put("IN_Q_OVERFLOW", (long) Linux.IN_Q_OVERFLOW);
        ours.put("IN_NONBLOCK", (long) Linux.IN_NONBLOCK);
        ours.put("IN_CLOEXEC", (long) Linux.IN_CLOEXEC);
        ours.put("LOCK_EX", (long) Linux.LOCK_EX);
        ours.put("LOCK_NB", (long) Linux.LOCK_NB);
        ours.put("LOCK_UN", (long) Linux.LOCK_UN);
        ours.put("F_SETPIPE_SZ", (long) Linux.F_SETPIPE_SZ);
        ours.put("F_GETPIPE_SZ", (long) Linux.F_GETPIPE_SZ);
        ours.put("SPLICE_F_NONBLOCK", (long) Linux.SPLICE_F_NONBLOCK);
        // as Posix.poll lays a struct pollfd out
        ours.put("sizeof(struct pollfd)", 8L);
        ours.put("offsetof(struct pollfd, fd)", 0L);
        ours.put("offsetof(struct pollfd, events)", 4L);
        ours.put("offsetof(struct pollfd, revents)", 6L);

        assertThat(ours).isEqualTo(fromHeaders(ours.keySet().toArray(String[]::new)));
    }

    @Test
    void areAllLookedAt() throws Exception {
        String test = "areThoseOfTheCHeaders";
        assertThat(Arrays.stream(Linux.class.getDeclaredFields())
                        .filter(field -> !field.isSynthetic() && field.getType().isPrimitive()))
                .as("constants; add the new one to %s", test)
                .hasSize(52);
    }

    @Test
    void kindsOfFilesAreThoseOfTheCHeaders() throws Exception {
        Map<String, Long> types =
                fromHeaders("S_IFIFO", "S_IFCHR", "S_IFDIR", "S_IFBLK", "S_IFREG", "S_IFLNK", "S_IFSOCK");
        Map<String, String> kinds = Map.of(
                "S_IFIFO", "a named pipe",
                "S_IFCHR", "a character device",
                "S_IFDIR", "a directory",
                "S_IFBLK", "a block device",
                "S_IFREG", "a regular file",
                "S_IFLNK", "a symbolic link",
                "S_IFSOCK", "a socket");
        Map<Integer, String> ours = new TreeMap<>();
        Map<Integer, String> expected = new TreeMap<>();
        for (int type = 0; type <= Linux.S_IFMT; type += 0010000) {
            ours.put(type, new FileStatus(new FileIdentity(1, 1), type, 0, 0).kind());
            expected.put(type, "a file of unknown kind");
        }
        types.forEach((name, type) -> expected.put(type.intValue(), kinds.get(name)));

        assertThat(ours).isEqualTo(expected);
    }

    private Map<String, Long> fromHeaders(String... expressions) throws Exception {
        Path source = Files.writeString(folder.path("constants.c"), """
                #define _GNU_SOURCE
                #include <errno.h>
                #include <fcntl.h>
                #include <poll.h>
                #include <stddef.h>
                #include <stdio.h>
                #include <sys/epoll.h>
                #include <sys/eventfd.h>
                #include <sys/file.h>
                #include <sys/inotify.h>
                #include <sys/ioctl.h>
                #include <sys/stat.h>
                int main(void) {
                %s
                return 0;
                }
                """.formatted(Arrays.stream(expressions)
                .map(each -> "printf(\"%%s=%%lld\\n\", \"%1$s\", (long long) (%1$s));".formatted(each))
                .collect(joining("\n"))));
        try (ShellProcess compiler = ShellProcess.sh("command -v cc")) {
            assumeTrue(compiler.awaitExit(LIMIT) == 0, "There is no C compiler here to ask the C headers with");
        }
        try (ShellProcess program =
                ShellProcess.sh("cd \"$1\" && cc -o constants constants.c && ./constants", source.getParent())) {
            Map<String, Long> values = new TreeMap<>();
            program.await(LIMIT)
                    .lines()
                    .map(line -> line.split("="))
                    .forEach(pair -> values.put(pair[0], Long.valueOf(pair[1])));
            return values;
        }
    }
}
