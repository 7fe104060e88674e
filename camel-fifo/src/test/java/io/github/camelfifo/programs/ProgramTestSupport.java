package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.OpenedResources;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Snippets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.component.mock.InterceptSendToMockEndpointStrategy;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the tests with programs share: a folder that the program's user owns, a context that runs routes of the operations
 * page, and the program. Where root runs the tests, the programs run as an ordinary user.
 */
@ExtendWith(LeakCheck.class)
abstract class ProgramTestSupport {

    static final Snippets PAGE = Snippets.ofPage("fifo-operations.adoc");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    /** Found out once, by the first test that has to know. */
    private static Boolean waitsAreKnown;

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    final DefaultCamelContext context = new DefaultCamelContext();

    private final OpenedResources opened = new OpenedResources();

    @BeforeEach
    void giveTheFolderToTheProgram() throws Exception {
        give(folder.path());
        context.getCamelContextExtension()
                .registerEndpointCallback(new InterceptSendToMockEndpointStrategy("log:*", true));
    }

    @AfterEach
    void closeEverything() throws Exception {
        try (context) {
            opened.closeAll();
        }
    }

    /** Closes it when the test ends. */
    final <T extends AutoCloseable> T closing(T resource) {
        return opened.add(resource);
    }

    /** Gives a file to the user of the programs. */
    static Path give(Path file) throws Exception {
        return ROOT ? AnotherUser.give(file) : file;
    }

    /** A FIFO that belongs to the user of the programs. */
    final Path fifo(String name) throws Exception {
        return give(folder.fifo(name));
    }

    /** A file with this text for the programs to read. */
    final Path file(String name, String text) throws Exception {
        return give(Files.writeString(folder.path(name), text));
    }

    /** An example of the operations page, as lines, with its pipes in the folder of this test. */
    final String example(String name) {
        return PAGE.get(name).in(folder.path()) + "\n";
    }

    /** Starts the context with routes of the operations page, in YAML. */
    final void startRoutes(String... examples) throws Exception {
        for (String name : examples) {
            load(example(name));
        }
        context.start();
    }

    /** Starts the context with a route of the operations page, but without this option. */
    final void startRouteWithout(String option, String name) throws Exception {
        String route = example(name);
        assertThat(route).contains("?" + option);
        load(route.replace("?" + option, ""));
        context.start();
    }

    private void load(String routes) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", routes));
    }

    /** What a {@code log:} endpoint of the routes has got, as text. */
    final List<String> logged(String name) {
        return context.getEndpoint("mock:log:" + name, MockEndpoint.class).getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }

    /** Waits until so many messages have come to a {@code log:} endpoint, or more. */
    final void awaitLogged(String name, int count) {
        soon().untilAsserted(() -> assertThat(logged(name)).hasSizeGreaterThanOrEqualTo(count));
    }

    /** Waits for a condition on another process. */
    static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    /** Starts a program, as an ordinary user, that ends with the test. */
    final ShellProcess start(String program, Object... arguments) {
        return startWith(List.of(), program, arguments);
    }

    /** Runs a program, as an ordinary user, waits for it to end well and gives what it has written. */
    final String run(String program, Object... arguments) {
        return start(program, arguments).await();
    }

    /** Starts a program by way of another command. */
    final ShellProcess startWith(List<String> prefix, String program, Object... arguments) {
        List<Object> command = new ArrayList<>(asOrdinaryUser());
        command.addAll(prefix);
        command.add(Programs.find(program).orElseThrow(() -> new IllegalStateException("No program " + program)));
        command.addAll(List.of(arguments));
        return closing(ShellProcess.sh("exec \"$@\"", command.toArray()));
    }

    /** A command that lets what it starts capture packets: root may pass that on, others have to have it already. */
    static List<String> mayCapture() {
        return ROOT ? List.of("--inh-caps=+net_raw", "--ambient-caps=+net_raw") : List.of();
    }

    /** Runs a script as an ordinary user; it finds the arguments as {@code "$1"}, {@code "$2"} ... */
    final ShellProcess sh(String script, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("-c", script, "sh"));
        all.addAll(List.of(arguments));
        return start("sh", all.toArray());
    }

    /** Waits until a process waits for the other end of a pipe that it opens; skips the test where nobody can see that. */
    static void awaitInOpen(long pid) throws Exception {
        assumeWaitsAreKnown();
        soon().untilAsserted(() -> assertThat(OtherProcess.waitsIn(pid)).isEqualTo(OtherProcess.IN_OPEN));
    }

    /** Skips the test where {@link OtherProcess#waitsIn} tells nothing. */
    static synchronized void assumeWaitsAreKnown() throws Exception {
        if (waitsAreKnown == null) {
            waitsAreKnown = isAShellSeenInOpen();
        }
        assumeTrue(waitsAreKnown, "This kernel or container does not tell where other users' processes wait");
    }

    /** Waits until a process has a file open, and gives how; skips the test where nobody can see that. */
    static List<Integer> awaitOpenFlags(long pid, Path file) {
        return soon().until(() -> OtherProcess.openFlags(pid, file), flags -> !flags.isEmpty());
    }

    /** {@code first} to {@code last}. */
    static List<String> numbers(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }

    private static List<String> asOrdinaryUser() {
        String user = String.valueOf(AnotherUser.UID);
        return ROOT ? List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--clear-groups") : List.of();
    }

    /** By a shell that waits as the programs do. */
    private static boolean isAShellSeenInOpen() throws Exception {
        Path folder = give(Files.createTempDirectory("fifo-test-"));
        Path fifo = folder.resolve("pipe");
        List<Object> command = new ArrayList<>(asOrdinaryUser());
        command.addAll(List.of("sh", "-c", "mkfifo \"$1\"; : > \"$1\"", "sh", fifo));
        try (ShellProcess shell = ShellProcess.sh("exec \"$@\"", command.toArray())) {
            soon().until(() -> Files.exists(fifo));
            return OtherProcess.isSeenInOpen(shell.pid());
        } finally {
            Files.deleteIfExists(fifo);
            Files.delete(folder);
        }
    }
}
