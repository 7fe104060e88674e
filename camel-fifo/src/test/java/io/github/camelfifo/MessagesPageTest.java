package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.SourceTexts;
import io.github.camelfifo.testing.SourceTexts.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The page of messages has each text that the sources tell users, and no other. A text is written there as in the sources,
 * with one of the page's words in capitals for each variable:
 *
 * <pre>LOG.warn("{} bytes stay in {}", bytes, path)  is  `+N bytes stay in PATH+`  seen as  `WARN` `PipeLog`</pre>
 *
 * <p>A part that is put together elsewhere, such as both ends of a conditional expression, is a text of its own in the same
 * or another row. What is added to the last word of a text without a space, such as "(waited N ms)", counts as a part, too.
 * Texts of two words or fewer need a row only when they are logged or thrown.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessagesPageTest {

    private static final Path PAGE = Path.of("src/main/docs/fifo-messages.adoc");
    private static final Path SOURCES = Path.of("src/main/java");

    /**
     * What needs no row, with the reason: a text, or the name of a class whose texts are not messages. What such a class
     * logs or throws needs a row all the same.
     */
    private static final Map<String, String> NO_MESSAGES = Map.of(
            "Could not initialize class",
            "is compared with a text of the JVM",
            "camel-fifo was built without its generated classes",
            "can only happen while the component itself is built",
            "Figure",
            "describes a figure; the page Monitoring has each",
            "FigureTable",
            "describes a column of the table of a folder's FIFOs",
            "FigureText",
            "is a line of the dev console, shown on the page Monitoring",
            "Named pipes (FIFOs) and what went through them",
            "is the title of the dev console",
            "MicrometerMeters",
            "describes a meter; the page Monitoring has each");

    private static final String TABLE = "// messages: START\n";
    private static final String BORDER = "|===";
    private static final Pattern PLACEHOLDER = Pattern.compile("`([A-Z]+)`");
    private static final Pattern TEXT = Pattern.compile("`\\+(.*?)\\+`");
    private static final Pattern TELLER = Pattern.compile("`[A-Z]+` `\\w+`|`\\w+`");
    private static final Pattern ADDED_TO_LAST_WORD = Pattern.compile("(?<=\\p{L})" + SourceTexts.VARIABLE + "$");
    private static final Pattern VARIABLES = Pattern.compile(SourceTexts.VARIABLE + "+");

    /** A row: its texts, with variables as in {@link Found}, and where they are seen. */
    private record Row(List<String> texts, String seenAs, String firstCell) {}

    private final String page = Files.readString(PAGE);
    private final List<Found> found = SourceTexts.in(SOURCES).stream()
            .map(each -> new Found(constant(each.text()), each.toldBy(), each.className()))
            .toList();
    private final List<Row> rows = rows();

    MessagesPageTest() throws IOException {}

    @Test
    void everyTextThatUsersSeeIsOnThePage() {
        Set<String> missing = found.stream()
                .filter(MessagesPageTest::needsRow)
                .filter(each -> !textsOfThePage().contains(each.text()))
                .map(each -> each.className() + ": " + shown(each.text()))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found).hasSizeGreaterThan(300);
        assertThat(missing).as("add them to %s", PAGE).isEmpty();
    }

    @Test
    void everyTextOfThePageIsStillInTheSources() {
        Set<String> all = found.stream().map(Found::text).collect(Collectors.toSet());

        assertThat(textsOfThePage()).hasSizeGreaterThan(150).doesNotHaveDuplicates();
        assertThat(textsOfThePage().stream().filter(text -> !all.contains(text)).map(MessagesPageTest::shown))
                .isEmpty();
        assertThat(NO_MESSAGES.keySet())
                .allMatch(each -> all.contains(each)
                        || found.stream().anyMatch(text -> text.className().equals(each)));
    }

    @Test
    void thePageSaysWhereEachTextIsSeen() {
        List<String> wrong = new ArrayList<>();
        for (Row row : rows) {
            Set<String> tellers = tellersOf(row);
            Set<String> named = TELLER.matcher(row.seenAs())
                    .results()
                    .map(each -> each.group().replace("`", ""))
                    .collect(Collectors.toSet());
            boolean allNamed = named.containsAll(
                    tellers.stream().filter(each -> !each.isEmpty()).toList());
            // a text that goes elsewhere first may be told by anybody
            boolean allTell = tellers.contains("")
                    || Stream.concat(tellers.stream(), Stream.of("health"))
                            .toList()
                            .containsAll(named);
            if (!allNamed || !allTell) {
                wrong.add(row.firstCell() + " is told by " + tellers + ", and the page says " + named);
            }
        }

        assertThat(wrong).isEmpty();
    }

    /** Without the plus signs, Asciidoctor changes three dots and apostrophes, and a search does not find the text. */
    @Test
    void aReaderCanSearchForEachText() {
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.texts()).isNotEmpty();
            assertThat(TEXT.matcher(row.firstCell()).replaceAll("").replace("+", ""))
                    .as(row.firstCell())
                    .isBlank();
        });
    }

    private Set<String> tellersOf(Row row) {
        return found.stream()
                .filter(each -> row.texts().contains(each.text()))
                .map(Found::toldBy)
                .collect(Collectors.toSet());
    }

    private static boolean needsRow(Found text) {
        long words = Arrays.stream(text.text().split("[\\s" + SourceTexts.VARIABLE + "]+"))
                .filter(word -> word.chars().anyMatch(Character::isLetter))
                .count();
        boolean told = !text.toldBy().isEmpty();
        boolean varies = text.text().indexOf(SourceTexts.VARIABLE) >= 0;
        boolean exempt = NO_MESSAGES.containsKey(text.text()) || (!told && NO_MESSAGES.containsKey(text.className()));
        return (words > 2 || (told && (words > 1 || (varies && words > 0)))) && !exempt;
    }

    private List<String> textsOfThePage() {
        return rows.stream().flatMap(row -> row.texts().stream()).toList();
    }

    private List<Row> rows() {
        Pattern placeholders = Pattern.compile(placeholders().collect(Collectors.joining("|", "\\b(?:", ")\\b")));
        Function<String, String> template =
                text -> withoutRepetition(placeholders.matcher(text).replaceAll(String.valueOf(SourceTexts.VARIABLE)));
        return Arrays.stream(page.split(TABLE))
                .skip(1)
                .flatMap(table -> Arrays.stream(table.split(Pattern.quote(BORDER), -1)[1].split("\n\n")))
                .map(row -> row.strip().split("(?m)^\\| ?"))
                .filter(cells -> cells.length > 2)
                .map(cells -> new Row(texts(cells[1], template), cells[2], cells[1].strip()))
                .toList();
    }

    private static List<String> texts(String cell, Function<String, String> template) {
        return TEXT.matcher(cell)
                .results()
                .map(each -> template.apply(each.group(1)))
                .toList();
    }

    /** The first table of the page explains them. */
    private Stream<String> placeholders() {
        return PLACEHOLDER
                .matcher(page.split(Pattern.quote(BORDER), -1)[1])
                .results()
                .map((MatchResult each) -> each.group(1));
    }

    private static String constant(String text) {
        return ADDED_TO_LAST_WORD.matcher(withoutRepetition(text)).replaceAll("");
    }

    private static String withoutRepetition(String text) {
        return VARIABLES.matcher(text).replaceAll(String.valueOf(SourceTexts.VARIABLE));
    }

    private static String shown(String text) {
        return text.replace(SourceTexts.VARIABLE, '~');
    }
}
