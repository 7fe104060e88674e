package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How much room the kernel gives to the pipes of an ordinary user. */
@Needs(program = "perl", debianPackage = "perl-base", fast = true)
class PipeLimitsTest extends ProgramTestSupport {

    private static final int PIPE = 65536;
    private static final int PAGE = 4096;

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
    private static int limit(String name) throws Exception {
        return Integer.parseInt(
                Files.readAllLines(Path.of("/proc/sys/fs", name)).get(0));
    }

    /** As a user of whom no other process has a pipe open. */
    private List<String> open(int count, int wanted) throws Exception {
        AnotherUser.assumeRoot();
        String user = String.valueOf(1_000_000 + ProcessHandle.current().pid());
        Path pipes = Files.createDirectory(folder.path("pipes"));
        Files.setAttribute(pipes, "unix:uid", Integer.valueOf(user));
        Files.setAttribute(folder.path(), "unix:mode", 0755);
        String script =
                "ulimit -n 4096; exec setpriv --reuid=$1 --regid=$1 --clear-groups --inh-caps=-all perl -e \"$2\" $3 $4 $5";
        try (ShellProcess perl = ShellProcess.sh(script, user, OPEN_PIPES, pipes, count, wanted)) {
            return perl.await().lines().toList();
        }
    }

    @Test
    void beyondTheSoftLimitANewPipeHasTwoPages() throws Exception {
        int most = limit("pipe-user-pages-soft") * PAGE / PIPE;

        assertThat(open(most + 2, 0)).containsExactly("1: 65536", (most + 1) + ": 8192");
    }

    @Test
    void pipesThatWereMadeLargerCountForWhatTheyHave() throws Exception {
        int most = limit("pipe-user-pages-soft") * PAGE / (1 << 20);

        assertThat(open(most + 2, 1 << 20))
                .containsExactly("1: 1048576", (most + 1) + ": 8192 Operation not permitted");
    }

    @Test
    void moreThanTheLargestSizeIsRefused() throws Exception {
        assertThat(open(1, limit("pipe-max-size") * 2)).containsExactly("1: 65536 Operation not permitted");
    }
}
