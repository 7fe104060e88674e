package io.github.camelfifo.programs;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** What /proc tells of another process, for {@link ProgramTestSupport} and the tests with programs. */
final class OtherProcess {

    /** The function of the kernel in which a process waits for the other end of a pipe that it opens. */
    static final String IN_OPEN = "wait_for_partner";

    private OtherProcess() {}

    /**
     * The function of the kernel in which a process waits. Nothing when the process is gone; nothing of use in a container
     * without CAP_SYS_PTRACE and on a kernel that does not know the names of its functions.
     */
    static String waitsIn(long pid) {
        try {
            return Files.readString(proc(pid).resolve("wchan"));
        } catch (IOException e) {
            // it has just ended
            return "";
        }
    }

    /** Whether this process, which opens a pipe, is seen there soon. */
    static boolean isSeenInOpen(long pid) {
        try {
            await().atMost(Duration.ofSeconds(5))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> waitsIn(pid).equals(IN_OPEN));
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** How a process has opened a file, as in fcntl.h. Where the kernel does not tell that, the test is skipped. */
    static List<Integer> openFlags(long pid, Path file) throws IOException {
        List<Integer> flags = new ArrayList<>();
        try (var descriptors = Files.newDirectoryStream(proc(pid).resolve("fd"))) {
            for (Path descriptor : descriptors) {
                flags.addAll(openFlags(pid, descriptor, file));
            }
        } catch (AccessDeniedException e) {
            // of a process that has just ended the kernel says the same
            assumeFalse(
                    Files.exists(proc(pid)),
                    "This kernel or container does not tell what other users' processes have open");
        }
        return flags;
    }

    private static List<Integer> openFlags(long pid, Path descriptor, Path file) throws AccessDeniedException {
        try {
            if (!file.equals(Files.readSymbolicLink(descriptor))) {
                return List.of();
            }
            Path info = proc(pid).resolve("fdinfo").resolve(descriptor.getFileName());
            return Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("flags:"))
                    .map(line ->
                            Integer.parseInt(line.substring("flags:".length()).trim(), 8))
                    .toList();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            // closed since the folder was listed
            return List.of();
        }
    }

    private static Path proc(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }
}
