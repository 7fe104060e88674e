package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** rsyslogd writes into a pipe, and a route reads it. */
@Needs(program = "rsyslogd", debianPackage = "rsyslog")
class RsyslogTest extends ProgramTestSupport {

    private static final int O_RDWR = 2;
    private static final String ROUTE = "syslog";

    /** Everything that the recipe leaves to the machine: here a socket in the folder, and a file that tells what came. */
    private static final String REST = """
            global(workDirectory="%1$s")
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="%1$s/socket")
            """;

    private static final String ALL = "action(type=\"omfile\" file=\"%s/all\")\n";

    private ShellProcess rsyslogd(String action) throws Exception {
        Path configuration =
                file("rsyslog.conf", REST.formatted(folder.path()) + action + ALL.formatted(folder.path()));
        ShellProcess rsyslogd = start("rsyslogd", "-n", "-iNONE", "-f", configuration);
        soon().until(() -> Files.exists(folder.path("socket")));
        return rsyslogd;
    }

    /** With the settings that it has when none are given. */
    private String plainAction() {
        return "action(type=\"ompipe\" pipe=\"%s\")\n".formatted(folder.path(ROUTE));
    }

    /** Sends numbers, and waits until rsyslogd has tried to write each of them. */
    private void log(int first, int last) throws Exception {
        Path numbers = file("numbers", String.join("\n", numbers(first, last)) + "\n");
        run("logger", "-u", folder.path("socket"), "-f", numbers);
        soon().untilAsserted(() -> assertThat(inAll()).contains(String.valueOf(last)));
    }

    private List<String> inAll() throws Exception {
        return Files.exists(folder.path("all")) ? messages(Files.readAllLines(folder.path("all"))) : List.of();
    }

    /** The numbers that were logged, without the date, the host and the program, and without rsyslogd's own messages. */
    private static List<String> messages(List<String> lines) {
        return lines.stream()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(message -> message.matches("\\d+"))
                .toList();
    }

    private List<String> received() {
        return messages(logged(ROUTE));
    }

    private void awaitReceived(int last) {
        soon().untilAsserted(() -> assertThat(received()).hasSizeGreaterThanOrEqualTo(last));
        assertThat(received()).containsExactlyElementsOf(numbers(1, last));
    }

    @Test
    void withoutSettingsMessagesAreLostWhileThePipeIsFull() throws Exception {
        fifo(ROUTE);
        startRouteWithout("pipeCapacity=1m", "rsyslog-route");
        rsyslogd(plainAction());
        context.getRouteController().suspendRoute(ROUTE);

        log(1, 2000);
        context.getRouteController().resumeRoute(ROUTE);
        try (PipeEnd pipe = PipeEnd.reading(folder.path(ROUTE))) {
            pipe.awaitEmpty();
        }
        context.getRouteController().stopRoute(ROUTE);

        assertThat(received())
                .hasSizeBetween(100, 1999)
                .isEqualTo(numbers(1, received().size()));
    }

    @Test
    void aLargerPipeKeepsThemAll() throws Exception {
        fifo(ROUTE);
        startRoutes("rsyslog-route");
        rsyslogd(plainAction());
        context.getRouteController().suspendRoute(ROUTE);

        log(1, 2000);
        context.getRouteController().resumeRoute(ROUTE);

        awaitReceived(2000);
    }

    /** The message that finds the pipe full comes later than those that rsyslogd had taken with it. */
    @Test
    void withItsQueueItWritesThemWhenThereIsRoomAgain() throws Exception {
        fifo(ROUTE);
        startRouteWithout("pipeCapacity=1m", "rsyslog-route");
        rsyslogd(example("rsyslog"));
        context.getRouteController().suspendRoute(ROUTE);

        log(1, 2000);
        context.getRouteController().resumeRoute(ROUTE);

        awaitLogged(ROUTE, 2000);
        assertThat(received()).containsExactlyInAnyOrderElementsOf(numbers(1, 2000));
    }

    @Test
    void aRestartOfTheRouteLosesNothing() throws Exception {
        fifo(ROUTE);
        startRoutes("rsyslog-route");
        rsyslogd(example("rsyslog"));

        log(1, 200);
        context.getRouteController().stopRoute(ROUTE);
        log(201, 400);
        context.getRouteController().startRoute(ROUTE);
        log(401, 600);

        awaitReceived(600);
    }

    @Test
    void itHasThePipeOpenForReadingToo() throws Exception {
        Path fifo = fifo(ROUTE);
        startRoutes("rsyslog-route");
        ShellProcess rsyslogd = rsyslogd(example("rsyslog"));
        log(1, 1);
        awaitReceived(1);

        assertThat(awaitOpenFlags(rsyslogd.pid(), fifo)).allMatch(flags -> (flags & O_RDWR) != 0);
    }
}
