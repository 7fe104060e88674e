package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, which has all others inside of it, the native library's too. */
@ExtendWith(Shell.class)
class ExecutableJarRuntimeTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path pipes;

    @Test
    void linesGoThroughItUntilItIsTerminated() throws Exception {
        for (String name : new String[] {"in", "out", "jobs"}) {
            Shell.makePipe(pipes.resolve(name));
        }
        Process java = Shell.java("-jar", System.getProperty("executable.jar"), "--server.port=0", "--pipes=" + pipes);
        Process reader = Shell.reader(pipes.resolve("out"));
        Shell.write(pipes.resolve("in"), "hello");
        assertThat(Shell.output(reader)).isEqualTo("HELLO\n");

        java.destroy();
        String log = Shell.output(java);
        assertThat(java.exitValue()).as(log).isEqualTo(SIGTERM);
        assertThat(log).contains("Routes stopped (total:2");
    }
}
