package io.github.camelfifo.kameletmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.KameletMain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KameletMain finds the kamelets in the jar and runs them, with shells on the other ends of the pipes. */
class KameletMainTest {

    /** For whatever ends by itself: only a failing test waits so long. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    private final List<Process> shells = new ArrayList<>();

    @AfterEach
    void endShells() {
        for (Process shell : shells) {
            // first, because they are found by their parent
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    @Test
    void aLineGoesThroughASourceAndASink() throws Exception {
        Path out = folder.resolve("out");
        KameletMain main = main("""
                - route:
                    from:
                      uri: kamelet:fifo-source
                      parameters:
                        path: FOLDER/in
                      steps:
                        - setBody:
                            simple: "got ${body}"
                        - to:
                            uri: kamelet:fifo-sink
                            parameters:
                              path: FOLDER/out
                """);
        main.start();
        Process reader = null;
        try {
            reader = start("cat out > read");
            run("printf 'one\\ntwo\\n' > in");

            await().atMost(LIMIT)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> assertThat(folder.resolve("read")).hasContent("got one\ngot two"));
        } finally {
            main.stop();
            if (reader != null) {
                assertThat(reader.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(out).as("the pipe stays").exists();
    }

    @Test
    void linesOfTwoPipesComeFromAFolderSource() throws Exception {
        run("mkdir pipes; mkfifo pipes/a pipes/b");
        KameletMain main = main("""
                - route:
                    from:
                      uri: kamelet:fifo-folder-source
                      parameters:
                        path: FOLDER/pipes
                      steps:
                        - setBody:
                            simple: "${header.CamelFifoName}: ${body}\\n"
                        - to: file:FOLDER?fileName=${header.CamelFifoName}.txt
                """);
        main.start();
        try {
            run("echo one > pipes/a; echo two > pipes/b");

            await().atMost(LIMIT).untilAsserted(() -> {
                assertThat(folder.resolve("a.txt")).hasContent("a: one");
                assertThat(folder.resolve("b.txt")).hasContent("b: two");
            });
        } finally {
            main.stop();
        }
    }

    private KameletMain main(String routes) throws IOException {
        Path file = folder.resolve("routes.yaml");
        Files.writeString(file, routes.replace("FOLDER", folder.toString()));
        KameletMain main = new KameletMain("camel.jbang");
        // everything is on the class path
        main.setDownload(false);
        main.addInitialProperty("camel.main.routesIncludePattern", "file:" + file);
        main.addInitialProperty("camel.component.kamelet.location", KameletMain.DEFAULT_KAMELETS_LOCATION);
        return main;
    }

    private void run(String script) throws Exception {
        Process process = start(script);
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(script)
                .isTrue();
        assertThat(process.exitValue()).as(script).isZero();
    }

    private Process start(String script) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        shells.add(shell);
        return shell;
    }
}
