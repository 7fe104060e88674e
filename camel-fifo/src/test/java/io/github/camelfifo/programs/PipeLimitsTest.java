package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much room the kernel gives to the pipes of an ordinary user. */
@Needs(program = "perl", debianPackage = "perl-base", fast = true)
class PipeLimitsTest extends ProgramTestSupport {

    private static final int PIPE = 65536;
    private static final int LARGE = 1 << 20;
    private static final int PAGE = 4096;
    /** More than twice as many as the kernel allows when nobody has set the limit. */
    private static final int MOST_PIPES = 4000;
    /** That a shell and perl have open beside the pipes. */
    private static final int OTHER_DESCRIPTORS = 60;

    /** Opens so many pipes in a folder, asks for so much room for each, and prints each change of what they get. */
    private static final String OPEN_PIPES = """
            use POSIX ();
            my ($folder, $count, $wanted) = @ARGV;
            my $last = '';
            my @pipes;
            for my $i (1 .. $count) {
                POSIX::mkfifo("$folder/$i", 0600) or die "mkfifo: $!";
                open(my $pipe, '+<', "$folder/$i") or die "open: $!";
                push @pipes, $pipe;
                my $refusal = '';
                if ($wanted) {
                    fcntl($pipe, 1031, $wanted + 0) or $refusal = " $!";
                }
                my $got = fcntl($pipe, 1032, 0) . $refusal;
                print "$i: $got\\n" if $got ne $last;
                $last = $got;
            }
            """;

    /** By lines: the kernel gives such a number only to the first read, and {@code readString} reads one byte first. */
    private static long limit(String name) throws Exception {
        return Long.parseLong(Files.readAllLines(Path.of("/proc/sys/fs", name)).get(0));
    }

    /** How many pipes of this size come before the soft limit; without such a limit, or with an unusual one, it skips. */
    private static int pipesBeforeTheSoftLimit(int size) throws Exception {
        long soft = limit("pipe-user-pages-soft");
        long hard = limit("pipe-user-pages-hard");
        long most = soft * PAGE / size;
        assumeTrue(
                most >= 1 && most <= MOST_PIPES,
                () -> "The test cannot reach fs.pipe-user-pages-soft of this machine: " + soft);
        assumeTrue(
                hard == 0 || hard >= soft * 2,
                () -> "fs.pipe-user-pages-hard of this machine comes too early: " + hard);
        return (int) most;
    }

    private static void assumeDescriptors(int count) {
        try (ShellProcess shell = ShellProcess.sh("ulimit -n " + count)) {
            assumeTrue(
                    shell.awaitExit(Duration.ofSeconds(60)) == 0,
                    "A process may not have %d descriptors here".formatted(count));
        }
    }

    /** As a user of whom no other process has a pipe open. */
    private List<String> open(int count, long wanted) throws Exception {
        AnotherUser.assumeRoot();
        int descriptors = count + OTHER_DESCRIPTORS;
        assumeDescriptors(descriptors);
        // a number that a container without root has, too
        String user = String.valueOf(20_000 + ProcessHandle.current().pid() % 40_000);
        Path pipes = Files.createDirectory(folder.path("pipes"));
        Files.setAttribute(pipes, "unix:uid", Integer.valueOf(user));
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        String script =
                "ulimit -n $6; exec setpriv --reuid=$1 --regid=$1 --clear-groups --inh-caps=-all perl -e \"$2\" $3 $4 $5";
        try (ShellProcess perl = ShellProcess.sh(script, user, OPEN_PIPES, pipes, count, wanted, descriptors)) {
            return perl.await().lines().toList();
        }
    }

    @Test
    void beyondTheSoftLimitANewPipeHasTwoPages() throws Exception {
        int most = pipesBeforeTheSoftLimit(PIPE);

        assertThat(open(most + 2, 0)).containsExactly("1: 65536", (most + 1) + ": 8192");
    }

    @Test
    void pipesThatWereMadeLargerCountForWhatTheyHave() throws Exception {
        assumeTrue(limit("pipe-max-size") >= LARGE, "A pipe may not have a megabyte here");
        int most = pipesBeforeTheSoftLimit(LARGE);

        assertThat(open(most + 2, LARGE)).containsExactly("1: 1048576", (most + 1) + ": 8192 Operation not permitted");
    }

    @Test
    void moreThanTheLargestSizeIsRefused() throws Exception {
        long largest = limit("pipe-max-size");
        assumeTrue(largest < 1 << 30, "There is no size that is larger than the largest here");

        assertThat(open(1, largest * 2)).containsExactly("1: 65536 Operation not permitted");
    }
}
