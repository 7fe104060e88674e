package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pipes that a shell makes between processes, which have no name of their own. */
class AnonymousPipeTest extends FifoTestSupport {

    /** deleteOnStop finds nothing that it may remove. */
    @Test
    void aRouteIsALinkInAPipelineOfAShell() {
        ShellProcess shell =
                bash("seq 100000 | java 'fifo:/dev/stdin?stopOnEof=true&deleteOnStop=true' fifo:/dev/stdout"
                        + " | sha256sum; seq 100000 | sha256sum");

        List<String> sums = shell.await().lines().toList();

        assertThat(sums.get(0)).isEqualTo(sums.get(1));
        assertThat(Files.exists(Path.of("/dev/stdin"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }

    @Test
    void aRouteTakesPartInProcessSubstitution() {
        Path copy = folder.path("copy");
        ShellProcess shell = bash(
                "route() { java \"fifo:$1?stopOnEof=true\" \"fifo:$2\"; }; route <(seq 1000) >(cat > \"$3\")", copy);

        shell.await();
        // the shell does not wait for the last process
        await().untilAsserted(() -> assertThat(copy).hasContent(Received.lines(1_000)));
    }

    private ShellProcess bash(String script, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        all.addAll(List.of(arguments));
        String java =
                "jvm=$1 path=$2; java() { \"$jvm\" -cp \"$path\" " + AnonymousPipe.class.getName() + " \"$@\"; }; ";
        return closing(ShellProcess.bash(java + script, all.toArray()));
    }
}
