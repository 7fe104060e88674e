package io.github.camelfifo.kameletmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.KameletMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** KameletMain finds the kamelets in the jar and runs them, with shells on the other ends of the pipes. */
class KameletMainTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

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

            await().atMost(PATIENCE)
                    .ignoreException(IOException.class)
                    .untilAsserted(() -> assertThat(folder.resolve("read")).hasContent("got one\ngot two"));
        } finally {
            main.stop();
            if (reader != null) {
                assertThat(reader.waitFor(60, TimeUnit.SECONDS)).isTrue();
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

            await().atMost(PATIENCE).untilAsserted(() -> {
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
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
        assertThat(process.exitValue()).as(script).isZero();
    }

    private Process start(String script) throws IOException {
        return new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(new File("/dev/null"))
                .start();
    }
}
