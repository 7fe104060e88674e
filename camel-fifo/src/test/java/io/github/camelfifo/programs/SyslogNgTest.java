package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** syslog-ng writes into a pipe that a route reads, and reads a pipe that a route writes into. */
@Needs(program = "syslog-ng", debianPackage = "syslog-ng-core")
class SyslogNgTest extends ProgramTestSupport {

    private static final int O_RDWR = 2;
    private static final String ROUTE = "messages";

    private final Path root = Programs.rootOfSyslogNg();
    private ShellProcess syslogNg;

    @BeforeEach
    void makePipes() throws Exception {
        fifo("messages");
        fifo("answers");
    }

    /** The examples as they are, with what they leave to the machine: here a socket, and a file of the messages. */
    private void startSyslogNg() throws Exception {
        Path configuration = file(
                "syslog-ng.conf",
                """
                @version: 3.38
                source s_local { unix-dgram("%1$s/socket"); };
                destination d_file { file("%1$s/log" template("$MSG\\n")); };
                """.formatted(folder.path()) + example("syslog-ng-destination") + example("syslog-ng-source"));
        Path libraries = root.resolve("usr/lib/syslog-ng");
        syslogNg = startWith(
                List.of("env", "LD_LIBRARY_PATH=" + libraries),
                "syslog-ng",
                "-F",
                "--no-caps",
                "-f",
                configuration,
                "-R",
                folder.path("persist"),
                "-c",
                folder.path("control"),
                "-p",
                folder.path("pid"),
                "--module-path=" + modules(libraries));
        soon().until(() -> Files.exists(folder.path("socket")));
    }

    private static Path modules(Path libraries) throws IOException {
        try (Stream<Path> versions = Files.list(libraries)) {
            return versions.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private void log(int first, int last) throws Exception {
        Path numbers = file("numbers", String.join("\n", numbers(first, last)) + "\n");
        run("logger", "-u", folder.path("socket"), "-f", numbers);
    }

    private List<String> inFile() throws IOException {
        return Files.exists(folder.path("log")) ? Files.readAllLines(folder.path("log")) : List.of();
    }

    @Test
    void aRestartOfTheRouteLosesNothingAndNeitherDoesAFullPipe() throws Exception {
        startRoutes("syslog-ng-route");
        startSyslogNg();

        log(1, 200);
        context.getRouteController().stopRoute(ROUTE);
        log(201, 9000);
        context.getRouteController().startRoute(ROUTE);
        log(9001, 9200);

        awaitLogged(ROUTE, 9200);
        assertThat(logged(ROUTE)).containsExactlyElementsOf(numbers(1, 9200));
    }

    @Test
    void itLogsWhatARouteWrites() throws Exception {
        startRoutes("syslog-ng-producer");
        startSyslogNg();
        ProducerTemplate template = closing(context.createProducerTemplate());

        for (String number : numbers(1, 100)) {
            template.sendBody("direct:answers", number);
        }

        soon().untilAsserted(() -> assertThat(inFile()).containsExactlyElementsOf(numbers(1, 100)));
    }

    @Test
    void itMakesAPipeForItselfAloneWhereNoneIs() throws Exception {
        Path fifo = folder.path("answers");
        Files.delete(fifo);
        startSyslogNg();

        soon().until(() -> Files.exists(fifo));
        soon().untilAsserted(() -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo)))
                .isEqualTo("rw-------"));
        assertThat(awaitOpenFlags(syslogNg.pid(), fifo)).isNotEmpty();
    }

    @Test
    void itHasThePipesOpenForReadingAndWriting() throws Exception {
        startRoutes("syslog-ng-route", "syslog-ng-producer");
        startSyslogNg();
        log(1, 1);
        awaitLogged(ROUTE, 1);

        for (String name : List.of("messages", "answers")) {
            assertThat(awaitOpenFlags(syslogNg.pid(), folder.path(name))).allMatch(flags -> (flags & O_RDWR) != 0);
        }
    }
}
