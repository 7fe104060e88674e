package io.github.camelfifo.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.jboss.jandex.Index;
import org.jboss.jandex.IndexReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged application with shells on the other ends of its pipes. */
class QuarkusRuntimeTest {

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

    private Process sh(String script) throws IOException {
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        shells.add(shell);
        return shell;
    }

    private static void awaitEnd(Process shell) throws InterruptedException {
        assertThat(shell.waitFor(Application.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(shell.exitValue()).isZero();
    }

    private List<String> lines(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path) ? Files.readAllLines(path) : List.of();
    }

    private static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }

    private Application started(Map<String, String> properties) throws IOException {
        return Application.started(folder, properties);
    }

    @Test
    void linesOfAShellReachAnotherShell() throws Exception {
        try (Application application = started(Map.of())) {
            Process reader = sh("exec cat out > read");
            awaitEnd(sh("seq 1 500 > in"));
            awaitEnd(sh("for i in 501 502 503; do echo $i > in; done"));
            await().atMost(Application.LIMIT).until(() -> lines("read").size() == 503);

            application.stop();

            awaitEnd(reader);
            assertThat(lines("read")).isEqualTo(numbers(503));
            assertThat(RuntimesPage.comparable(application.output(), folder))
                    .containsAll(RuntimesPage.comparable(String.join("\n", RuntimesPage.lines("log")), folder));
        }
    }

    @Test
    void whatIsInThePipeAtSigtermIsProcessed() throws Exception {
        try (Application application = started(Map.of())) {
            awaitEnd(sh("seq 1 1000 > in"));

            application.terminate();
            application.awaitOutput("is shutting down");
            Process reader = sh("exec cat out > read");

            application.assertTerminated();
            assertThat(application.output()).doesNotContain(Application.WARN);
            awaitEnd(reader);
            assertThat(lines("read")).isEqualTo(numbers(1000));
        }
    }

    /**
     * A shell holds the pipe between the two, so that the writer does not notice the change. The writer goes on until the
     * first application has ended, so that one can never have read everything.
     */
    @Test
    void anotherStartGoesOnWhereTheFirstHasStopped() throws Exception {
        awaitEnd(sh("mkfifo in out"));
        Process holder = sh("exec 9<>in; touch held; exec sleep 600");
        await().atMost(Application.LIMIT).until(() -> Files.exists(folder.resolve("held")));
        Process writer;
        try (Application first = started(Map.of())) {
            writer = sh("last=0; while [ ! -e ended ]; do seq $((last + 1)) $((last + 50000)); last=$((last + 50000));"
                    + " done > in; echo $last > written");
            Process reader = sh("exec cat out > first");
            await().atMost(Application.LIMIT).until(() -> lines("first").size() > 1000);
            first.terminate();
            first.assertTerminated();
            Files.createFile(folder.resolve("ended"));
            assertThat(first.output())
                    .containsPattern("WARN .* bytes stay in " + folder.resolve("in")
                            + " and are lost unless another process has it open");
            awaitEnd(reader);
        }
        try (Application second = started(Map.of())) {
            Process reader = sh("exec cat out > second");
            awaitEnd(writer);
            second.stop();
            awaitEnd(reader);
        }
        holder.destroy();

        assertThat(lines("second")).isNotEmpty();
        List<String> read = new ArrayList<>(lines("first"));
        read.addAll(lines("second"));
        int last = Integer.parseInt(lines("written").get(0));
        assertThat(read).isEqualTo(numbers(last));
    }

    @Test
    void whereNobodyReadsSigtermEndsItAfterTheShutdownTimeout() throws Exception {
        try (Application application = started(Map.of("camel.main.shutdown-timeout", "1"))) {
            awaitEnd(sh("seq 1 1000 > in"));

            application.terminate();

            application.assertTerminated();
            assertThat(application.output())
                    .containsPattern("WARN .* bytes that were read from " + folder.resolve("in")
                            + " and not processed are lost");
        }
    }

    @Test
    void optionsOfTheComponentComeFromApplicationProperties() throws Exception {
        try (Application application = started(Map.of())) {
            // base-directory from the file beside the application, permissions from the one in it
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("in"))))
                    .isEqualTo("rw-rw----");
            application.stop();
        }
    }

    @Test
    void anOptionOfTheComponentThatIsWrongFailsTheStart() throws Exception {
        try (Application application =
                Application.start(Application.packaged(), folder, Map.of("camel.component.fifo.worker-threads", "0"))) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(application.output()).contains("workerThreads=0 is not 1 or more");
        }
    }

    @Test
    void consolesOfCamelAreFound() throws Exception {
        assertThat(askConsole("context")).contains("\"version\":\"4.18.0\"", "\"state\":\"Started\"");
    }

    @Test
    void theConsoleOfTheComponentIsFound() throws Exception {
        assertThat(askConsole("fifo")).contains(folder.resolve("in").toString());
    }

    private String askConsole(String name) throws Exception {
        try (Application application = started(Map.of())) {
            Process reader = sh("read -r line < answer && printf '%s' \"$line\" > read");
            awaitEnd(sh("echo " + name + " > console"));
            awaitEnd(reader);
            application.stop();
        }
        return Files.readString(folder.resolve("read")).replace("\\/", "/");
    }

    /** As with the versions of camel-quarkus-bom, which the application does not take. */
    @Test
    void withoutTheVersionsThatThePageGivesTheStartSaysWhich() throws Exception {
        Path copy = folder.resolve("app");
        awaitEnd(sh("cp -R '" + Application.packaged() + "' app"));
        Path oldJars = Path.of(System.getProperty("old.jnr"));
        replace(copy, "com.github.jnr.jnr-constants-0.11.2.jar", oldJars.resolve("jnr-constants-0.9.11.jar"));
        replace(copy, "com.github.jnr.jnr-ffi-2.3.4.jar", oldJars.resolve("jnr-ffi-2.2.13.jar"));

        try (Application application = Application.start(copy, folder, Map.of())) {
            assertThat(application.awaitExit()).isEqualTo(1);
            assertThat(application.output()).contains(RuntimesPage.lines("without the versions"));
        }
    }

    private static void replace(Path application, String name, Path by) throws IOException {
        Path jar = application.resolve("lib/main").resolve(name);
        assertThat(jar).exists();
        Files.copy(by, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void whatThePagePrintsIsThisApplication() throws Exception {
        String commented = Files.readString(Path.of("pom.xml"));
        assertThat(RuntimesPage.stripped(commented.replaceAll("(?s)<!--.*?-->", "")))
                .containsSubsequence(RuntimesPage.lines("pom.xml"));
        assertThat(RuntimesPage.stripped(
                        Files.readString(Path.of("src/main/java/io/github/camelfifo/examples/quarkus/Relay.java"))))
                .containsSequence(RuntimesPage.lines("Relay.java"));
        assertThat(Files.readAllLines(Path.of("src/main/resources/application.properties")))
                .containsSequence(RuntimesPage.lines("application.properties"))
                .containsSequence(RuntimesPage.lines("consoles"));
    }

    @Test
    void theIndexInTheJarHasEveryClassOfTheJar() throws Exception {
        try (JarFile jar = new JarFile(componentJar().toFile())) {
            ZipEntry entry = jar.getEntry("META-INF/jandex.idx");
            assertThat(entry).isNotNull();
            Index index;
            try (InputStream stream = jar.getInputStream(entry)) {
                index = new IndexReader(stream).read();
            }
            assertThat(index.getKnownClasses().stream()
                            .map(known -> known.name().toString()))
                    .containsExactlyInAnyOrderElementsOf(classes(jar));
        }
    }

    private static Path componentJar() throws IOException {
        try (Stream<Path> jars = Files.list(Application.packaged().resolve("lib/main"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("io.github.camelfifo.camel-fifo-"))
                    .findAny()
                    .orElseThrow();
        }
    }

    private static List<String> classes(JarFile jar) {
        return jar.stream()
                .map(ZipEntry::getName)
                .filter(name -> name.endsWith(".class"))
                .map(name ->
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                .toList();
    }
}
