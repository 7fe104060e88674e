package io.github.camelfifo.examples.livetail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.examples.support.Programs;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PageTest {

    private static final int LARGEST_PICTURE = 80_000;

    @TempDir
    private static Path folder;

    private static Browser browser;

    @TempDir
    private Path pipes;

    private Server server;

    @BeforeAll
    static void startBrowser() throws Exception {
        Optional<Path> chromium = Programs.find("chromium");
        assumeTrue(
                chromium.isPresent(),
                "There is no chromium (Debian: apt-get install chromium), so the page is not tested in a browser");
        browser = new Browser(chromium.orElseThrow(), folder);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server = new Server(pipes.resolve("log"));
        browser.resize(1000, 600, false);
        browser.prefer("light");
        browser.open(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void awaitText(String selector, String text) {
        await(selector).untilAsserted(() -> assertThat(text(selector)).isEqualTo(text));
    }

    private static Object text(String selector) throws Exception {
        return browser.evaluate("document.querySelector(\"" + selector + "\")?.textContent");
    }

    private void awaitRows(int count) {
        browser.awaitTrue("document.querySelectorAll('.line').length === " + count);
    }

    private static Object texts() throws Exception {
        return browser.evaluate("[...document.querySelectorAll('.text')].map(text => text.textContent).join('|')");
    }

    @Test
    void aBrowserThatDoesNotStartIsReportedWithItsWords() {
        assertThatThrownBy(() -> new Browser(Path.of("ls"), pipes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("--headless");
    }

    @Test
    void anEmptyPageSaysWhatToTypeUntilALineComes() throws Exception {
        awaitText("#hint", "echo hello > " + server.pipe);
        awaitText("#state", "live");

        server.sh((String) text("#hint"));

        awaitRows(1);
        assertThat(texts()).isEqualTo("hello");
        assertThat(browser.evaluate("element('empty').offsetHeight")).hasToString("0");
    }

    @Test
    void whateverIsInALineIsShownAsTextAndNotRun() throws Exception {
        server.sh("""
                cat > "$1" <<'END'
                <script>document.title = 'run'</script>
                <img src=x onerror="document.title = 'run'">
                &lt;b&gt;
                END
                {
                    printf '\\033[31m\\000\\377\\342\\200\\256\\n'
                    printf '\\302\\205\\302\\255\\330\\234\\342\\200\\215\\342\\200\\250\\342\\201\\240\\363\\240\\201\\201\\360\\237\\220\\252\\n'
                } > "$1"
                """);

        awaitRows(5);
        assertThat(texts())
                .isEqualTo("<script>document.title = 'run'</script>|<img src=x onerror=\"document.title = 'run'\">"
                        + "|&lt;b&gt;|\u241b[31m\u2400\ufffd‹U+202E›"
                        + "|‹U+0085›‹U+00AD›‹U+061C›‹U+200D›‹U+2028›‹U+2060›‹U+E0041›\ud83d\udc2a");
        assertThat(browser.evaluate("document.images.length + document.scripts.length"))
                .hasToString("1");
        assertThat(browser.evaluate("document.title")).isEqualTo("Live tail");
        // and even if it were HTML, the policy would not let it run
        browser.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title = 1\">');"
                + "new Promise(done => document.body.lastChild.addEventListener('error', () => setTimeout(done)))");
        assertThat(browser.evaluate("document.title")).isEqualTo("Live tail");
    }

    @Test
    void cutAndUnfinishedLinesAreMarked() throws Exception {
        server.sh("{ printf '%020000d\\n' 7; printf 'no end'; } > \"$1\"");

        awaitRows(2);
        awaitText(".line:nth-child(2) .mark", "cut, was 20,000 bytes");
        awaitText(".line:nth-child(3) .mark", "no line end");
    }

    @Test
    void itFollowsTheEndUntilTheUserScrollsUp() throws Exception {
        String atEnd = "Math.abs(log.scrollHeight - log.scrollTop - log.clientHeight) < 2 && log.scrollTop > 0";
        server.sh("seq 200 > \"$1\"");
        awaitRows(200);
        browser.awaitTrue(atEnd);

        browser.evaluate("log.scrollTop = 100");
        browser.awaitTrue("!follow");
        server.sh("seq 201 212 > \"$1\"");
        awaitText("#newer", "12 new lines ↓");
        assertThat(browser.evaluate("log.scrollTop")).hasToString("100");
        assertThat(browser.evaluate("newer.hidden")).isEqualTo(false);

        browser.evaluate("newer.click()");
        browser.awaitTrue(atEnd + " && newer.hidden");
        server.sh("echo last > \"$1\"");
        awaitRows(213);
        browser.awaitTrue(atEnd);
    }

    @Test
    void whatIsNotKeptDuringAPauseIsCountedAsMissed() throws Exception {
        server.sh("seq 5 > \"$1\"");
        awaitRows(5);
        browser.evaluate("pause.click()");
        awaitText("#state", "paused");
        assertThat(browser.evaluate("pause.getAttribute('aria-pressed')")).isEqualTo("true");

        server.sh("seq 12000 > \"$1\"");
        await().until(() -> server.lines.last() == 12_005);
        assertThat(browser.evaluate("document.querySelectorAll('.line').length"))
                .hasToString("5");
        browser.evaluate("pause.click()");

        browser.awaitTrue("after === 12005");
        awaitText("#state", "live");
        // the page drops its own oldest rows, and counts them
        awaitText("#counts", "3,000 lines, 7,005 older not shown, 2,000 missed");
        assertThat(browser.evaluate("log.lastElementChild.querySelector('.text').textContent"))
                .isEqualTo("12000");
    }

    @Test
    void missedLinesHaveARowOfTheirOwn() throws Exception {
        server.close();
        server = new Server(pipes.resolve("small"), 0, 10);
        server.sh("seq 15 > \"$1\"");
        await().until(() -> server.lines.last() == 15);
        browser.open(server.url());
        awaitRows(10);
        awaitText(".note", "5 earlier lines not kept");

        browser.evaluate("pause.click()");
        server.sh("seq 16 30 > \"$1\"");
        await().until(() -> server.lines.last() == 30);
        browser.evaluate("pause.click()");

        awaitRows(20);
        awaitText(".note ~ .note", "5 lines missed");
    }

    @Test
    void theFilterHidesWhatDoesNotContainItsText() throws Exception {
        server.sh("printf 'One apple\\ntwo pears\\nTHREE APPLES\\n' > \"$1\"");
        awaitRows(3);
        String shown = "[...document.querySelectorAll('.line')].filter(row => row.offsetHeight > 0)"
                + ".map(row => row.querySelector('.text').textContent).join('|')";

        browser.evaluate("element('filter').value = 'apple'; element('filter').dispatchEvent(new Event('input'))");
        assertThat(browser.evaluate(shown)).isEqualTo("One apple|THREE APPLES");
        assertThat(text("#counts")).isEqualTo("2 of 3 lines");
        server.sh("printf 'four plums\\nfive apples\\n' > \"$1\"");
        awaitRows(5);
        assertThat(browser.evaluate(shown)).isEqualTo("One apple|THREE APPLES|five apples");

        browser.evaluate("element('filter').value = ''; element('filter').dispatchEvent(new Event('input'))");
        assertThat(text("#counts")).isEqualTo("5 lines");
    }

    @Test
    void aLostConnectionIsShownAndANewServerIsReadFromItsFirstLine() throws Exception {
        server.sh("seq 3 > \"$1\"");
        awaitRows(3);
        server.close();
        awaitText("#state", "connection lost, trying again");

        server = new Server(server.pipe, server.port, Server.KEPT_LINES);
        server.sh("echo again > \"$1\"");

        awaitRows(4);
        awaitText("#state", "live");
        assertThat(texts()).isEqualTo("1|2|3|again");
        awaitText(".note", "The server has started anew");
    }

    @Test
    void aNewServerWithMoreLinesThanTheOldOneIsNoticedToo() throws Exception {
        server.sh("seq 3 > \"$1\"");
        awaitRows(3);
        server.close();

        server = new Server(server.pipe, server.port, Server.KEPT_LINES);
        server.sh("seq 11 20 > \"$1\"");

        awaitRows(13);
        assertThat(texts()).isEqualTo("1|2|3|11|12|13|14|15|16|17|18|19|20");
    }

    @Test
    void onAPhoneInLightAndDarkAllFitsAndCanBeRead() throws Exception {
        browser.resize(390, 844, true);
        server.sh("{ printf '%0500d\\n' 0; echo 'INFO  all is well'; echo 'WARN  low'; echo 'ERROR gone'; } > \"$1\"");
        awaitRows(4);
        browser.evaluate("gone = 123456789; missed = 987654321; countRows()");

        for (String scheme : new String[] {"light", "dark"}) {
            browser.prefer(scheme);
            assertThat(browser.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"))
                    .hasToString("390");
            assertThat(browser.evaluate("log.scrollWidth <= log.clientWidth && innerWidth === 390"))
                    .isEqualTo(true);
            assertThat((String) browser.evaluate(resource("contrast.js")))
                    .as(scheme)
                    .isEmpty();
        }
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(13, 17, 23)");
    }

    @Test
    void thePicturesOfTheReadmeShowRealisticLines() throws Exception {
        // for the eye, lines of some seconds
        server.sh("pause=" + (Boolean.getBoolean("fifo.docs.update") ? 0.4 : 0) + "\n" + resource("realistic.sh"));
        awaitRows(24);
        // the path of a temporary folder is of no interest
        browser.evaluate("element('path').style.visibility = 'hidden'");
        save("desktop.png");
        browser.resize(390, 844, true);
        browser.awaitTrue("innerWidth === 390 && log.clientWidth < 390");
        save("phone.png");
    }

    private static void save(String name) throws Exception {
        Path inReadme = Path.of("images").resolve(name);
        byte[] picture = Picture.withFewColors(browser.screenshot());
        assertThat(picture.length).isBetween(5_000, LARGEST_PICTURE);
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.write(inReadme, picture);
        }
        assertThat(dimensions(Files.readAllBytes(inReadme))).isEqualTo(dimensions(picture));
    }

    private static Dimension dimensions(byte[] picture) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return new Dimension(image.getWidth(), image.getHeight());
    }

    private static String resource(String name) throws Exception {
        try (InputStream file = PageTest.class.getResourceAsStream("/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
