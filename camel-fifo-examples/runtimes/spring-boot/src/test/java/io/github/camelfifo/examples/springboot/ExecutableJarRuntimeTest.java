package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, which has all others inside of it, the native library's too. */
class ExecutableJarRuntimeTest {

    private static final int SIGTERM = 128 + 15;

    @TempDir
    Path pipes;

    @Test
    void linesGoThroughItUntilItIsTerminated() throws Exception {
        for (String name : new String[] {"in", "out", "jobs"}) {
            Shell.makePipe(pipes.resolve(name));
        }
        Path log = pipes.resolve("log");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("executable.jar"),
                        "--server.port=0",
                        "--pipes=" + pipes)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            Process reader = Shell.reader(pipes.resolve("out"));
            Shell.write(pipes.resolve("in"), "hello");
            assertThat(Shell.output(reader)).isEqualTo("HELLO\n");

            java.destroy();
            assertThat(java.waitFor(60, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(java.exitValue()).isEqualTo(SIGTERM);
            assertThat(Files.readString(log)).contains("Routes stopped (total:2");
        } finally {
            java.destroyForcibly();
        }
    }
}
