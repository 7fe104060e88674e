package io.github.camelfifo.examples.commandpipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.frame.EmbeddedDelimiterException;
import io.github.camelfifo.pipe.NotAtomicException;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that must not steer anything. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class RefusedTest {

    private static final String ACTIONS = "; accepted: start, stop, suspend, resume, status, note";
    private static final String ROUTES = "; accepted: control, orders";

    @TempDir
    private static Path folder;

    private static RunningPipes running;

    @BeforeAll
    static void start() throws Exception {
        running = new RunningPipes(folder).listening();
    }

    @AfterAll
    static void stop() throws Exception {
        running.close();
    }

    /** Also that no second answer is there, of a command that was smuggled in. */
    @AfterEach
    void nothingHasHappened() throws Exception {
        assertThat(running.ask("status orders")).startsWith("ok status orders: Started");
        assertThat(running.ask("status control")).isEqualTo("ok status control: Started");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "explode",
                "STOP",
                "Stop",
                "stop,",
                "direct:stop",
                "controlbus:route?routeId=orders&action=stop",
                "'stop'",
                "$(reboot)",
                "${bean:x}"
            })
    void anUnknownActionIsNamed(String action) throws Exception {
        String shown = action.length() > 40 ? action.substring(0, 40) + "..." : action;
        assertThat(running.ask(action + " orders")).isEqualTo("refused: unknown action \"" + shown + "\"" + ACTIONS);
        assertThat(running.ask(action)).isEqualTo("refused: unknown action \"" + shown + "\"" + ACTIONS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "orders&action=stop",
                "orders?action=stop",
                "orders%26action=stop",
                "RAW(orders)",
                "*",
                "current",
                "Orders",
                "orders,control",
                "orders\u00a0",
                "{{x}}",
                "${header.x}"
            })
    void anUnknownRouteIsNamed(String route) throws Exception {
        assertThat(running.ask("stop " + route)).isEqualTo("refused: unknown route \"" + route + "\"" + ROUTES);
        assertThat(running.ask("note " + route + " x")).isEqualTo("refused: unknown route \"" + route + "\"" + ROUTES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "''|the line is empty; accepted: ACTION ROUTE",
                "stop|\"stop\" of which route? accepted: control, orders",
                "stop |unknown route \"\"" + ROUTES,
                " stop orders|unknown action \"\"" + ACTIONS,
                "stop  orders|unknown route \"\"" + ROUTES,
                "stop orders |\"\" is too much; accepted: stop orders",
                "stop orders now|\"now\" is too much; accepted: stop orders",
                "stop orders control|\"control\" is too much; accepted: stop orders",
                "start control|\"start\" is not for control; accepted: stop, status",
                "suspend control|\"suspend\" is not for control; accepted: stop, status",
                "note orders|a note needs a text; accepted: note ROUTE TEXT",
                "note orders |a note needs a text; accepted: note ROUTE TEXT"
            })
    void aWrongNumberOfWordsIsSaidToBeSo(String line, String fault) throws Exception {
        assertThat(running.ask(line)).isEqualTo("refused: " + fault);
    }

    // not by its value: reports are XML, which has no control characters
    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "stop\torders",
                "stop orders\0",
                "\0stop orders",
                "stop orders\u001b[2J",
                "stop orders\rstatus orders",
                "stop orders\u0085",
                "stop orders\u2028",
                "\ufeffstop orders",
                "note orders \u202etxt.exe",
                "note orders \u0007",
                "note orders a\u200bb"
            })
    void aControlCharacterIsNotObeyedNorRepeated(String line) throws Exception {
        assertThat(running.ask(line))
                .isEqualTo("refused: \"" + line.replaceAll("[\\p{Cntrl}\u0085\u2028\ufeff\u202e\u200b]", "?")
                        + "\" has a character that no command has");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() throws Exception {
        running.write("stop orders\u00ff\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(running.answer()).isEqualTo("refused: \"stop orders?\" has a character that no command has");

        running.write("st\u00c0\u00aeop orders\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(running.answer()).startsWith("refused: \"st?");
    }

    @Test
    void anOverlongLineIsRefusedAsAWholeWhateverItsBeginningIs() throws Exception {
        assertThat(running.ask("stop orders" + " ".repeat(1_014)))
                .isEqualTo("refused: the line has more than 1024 bytes");
        assertThat(running.ask("note orders " + "x".repeat(100_000)))
                .isEqualTo("refused: the line has more than 1024 bytes");
        assertThat(running.ask("x".repeat(1_024)))
                .isEqualTo("refused: unknown action \"" + "x".repeat(40) + "...\"" + ACTIONS);
    }

    @Test
    void aLineIsNotACommandWhenItIsJoinedFromTwo() throws Exception {
        running.write("status control\n");
        assertThat(running.answer()).isEqualTo("ok status control: Started");
        try (FileOutputStream other =
                new FileOutputStream(running.pipes().control().toFile())) {
            // the pipe has a writer now, so a line without its end waits for more
            running.write("stop orders");
            other.write("status orders\n".getBytes(StandardCharsets.UTF_8));

            assertThat(running.answer()).isEqualTo("refused: unknown route \"ordersstatus\"" + ROUTES);
        }
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(strings = {"x\nstop orders", "\nstop orders\n", "x\r\nstop orders", "\n\n"})
    void aTextWithALineBreakIsRefusedBeforeAByteIsWritten(String text) throws Exception {
        assertThatThrownBy(() -> running.camel().getCamelTemplate().sendBody(NoteSender.URI, text))
                .hasCauseInstanceOf(EmbeddedDelimiterException.class);
    }

    @Test
    void aTextThatWouldBeWrittenInPiecesIsRefused() {
        assertThatThrownBy(() -> running.camel().getCamelTemplate().sendBody(NoteSender.URI, "x".repeat(5_000)))
                .hasCauseInstanceOf(NotAtomicException.class);
    }

    @Test
    void aTextWithoutALineBreakIsANoteWhateverItSays() throws Exception {
        running.camel().getCamelTemplate().sendBody(NoteSender.URI, "lunch & stop orders");

        assertThat(running.answer()).isEqualTo("ok note orders lunch & stop orders: kept");
        assertThat(running.ask("status orders")).isEqualTo("ok status orders: Started (lunch & stop orders)");
        assertThat(running.status(Orders.ID)).isEqualTo(ServiceStatus.Started);
    }
}
