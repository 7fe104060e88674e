package io.github.camelfifo.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIf;

/** The program as a person starts it: its own JVM, and commands typed into a shell. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class QuickstartTest {

    private static final Pattern ECHO = Pattern.compile(" +(echo 'order 1: 3 x 25' > (/.+)/orders)");
    private static final String IGNORED =
            "SIGINT is ignored here, as nohup or a shell's background job would have it, and by what it starts";
    private static final Pattern IGNORED_SIGNALS = Pattern.compile("(?m)^SigIgn:\\s+(\\p{XDigit}+)$");
    private static final int SIGINT = 2;
    private static final Pattern CAT = Pattern.compile(" +(cat /.+/invoices) &");

    @Test
    @DisabledIf(value = "ignoresCtrlC", disabledReason = IGNORED)
    void withStayItAnswersWhatIsEchoedUntilCtrlC() throws Exception {
        Process quickstart = start("--stay");
        try (BufferedReader printed = quickstart.inputReader(StandardCharsets.UTF_8)) {
            String cat = awaitLine(printed, CAT).group(1);
            Matcher echo = awaitLine(printed, ECHO);

            assertThat(firstLineOf(cat + " & " + echo.group(1) + "; wait")).isEqualTo("invoice 1: 75");
            ctrlC(quickstart);

            assertThat(quickstart.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(printed.lines().toList()).noneMatch(line -> line.contains("Exception"));
            assertThat(Path.of(echo.group(2))).doesNotExist();
        } finally {
            quickstart.destroyForcibly();
        }
    }

    @Test
    @DisabledIf(value = "ignoresCtrlC", disabledReason = IGNORED)
    void ctrlCEndsItWhileAnInvoiceWaitsForAReader() throws Exception {
        Process quickstart = start("--stay");
        try (BufferedReader printed = quickstart.inputReader(StandardCharsets.UTF_8)) {
            Matcher echo = awaitLine(printed, ECHO);
            sh(echo.group(1)).waitFor();
            awaitLine(printed, Pattern.compile("got: order 1: 3 x 25"));
            ctrlC(quickstart);

            assertThat(quickstart.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(printed.lines().toList())
                    .anyMatch(line -> line.contains("Nobody has got \"invoice 1: 75\""))
                    .noneMatch(line -> line.startsWith("\tat "));
            assertThat(Path.of(echo.group(2))).doesNotExist();
        } finally {
            quickstart.destroyForcibly();
        }
    }

    @Test
    void anArgumentThatItDoesNotKnowIsRefused() throws Exception {
        Process quickstart = start("--saty");
        try (BufferedReader printed = quickstart.inputReader(StandardCharsets.UTF_8)) {
            assertThat(printed.readLine()).isEqualTo("The only argument there is: --stay");
            assertThat(quickstart.waitFor()).isEqualTo(2);
        }
    }

    /** A process inherits what is ignored, and a JVM leaves it so. */
    static boolean ignoresCtrlC() throws IOException {
        Matcher ignored = IGNORED_SIGNALS.matcher(Files.readString(Path.of("/proc/self/status")));
        return ignored.find() && (Long.parseUnsignedLong(ignored.group(1), 16) & 1L << (SIGINT - 1)) != 0;
    }

    private static Process start(String argument) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Quickstart.class.getName(), argument));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static Matcher awaitLine(BufferedReader printed, Pattern pattern) throws IOException {
        List<String> others = new ArrayList<>();
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches()) {
                return matcher;
            }
            others.add(line);
        }
        throw new AssertionError("No line like " + pattern + " in " + others);
    }

    private static String firstLineOf(String command) throws Exception {
        Process shell = sh(command);
        try (BufferedReader said = shell.inputReader(StandardCharsets.UTF_8)) {
            return said.readLine();
        }
    }

    private static Process sh(String command) throws IOException {
        return new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a terminal sends. */
    private static void ctrlC(Process process) throws Exception {
        assertThat(sh("kill -INT " + process.pid()).waitFor()).isZero();
    }
}
