package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.pipe.NotANamedPipeException;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are made, used, left alone and refused. */
class FilesTest extends FifoTestSupport {

    private static final int TYPE_BITS = 0170000;
    private static final int FIFO = 0010000;

    private final Received received = new Received();

    private static boolean isFifo(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                && ((Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & TYPE_BITS) == FIFO;
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(folder.path())) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private void consume(String uri) throws Exception {
        start(routes -> routes.from(uri).routeId("in").process(received));
    }

    /** Sends a message, and gives what went wrong. */
    private Throwable failureOfSending(String uri) {
        try {
            context.start();
            context.createProducerTemplate().sendBody(uri, "line");
            return null;
        } catch (CamelExecutionException e) {
            return e.getCause();
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void theConsumerMakesTheFifoWhenItStarts() throws Exception {
        Path fifo = folder.path("new");
        routes(routes -> routes.from(uri(fifo)).process(received));
        assertThat(fifo).doesNotExist();
        context.start();

        assertThat(isFifo(fifo)).isTrue();
        assertThat(permissions(fifo)).isEqualTo("rw-------");
        write(fifo, "line\n");
        received.awaitLines("line");
    }

    @Test
    void theProducerMakesTheFifoWhenItStarts() throws Exception {
        Path fifo = folder.path("new");
        start(routes -> routes.from("direct:a").to(uri(fifo)));

        assertThat(isFifo(fifo)).isTrue();
        assertThat(permissions(fifo)).isEqualTo("rw-------");
    }

    @Test
    void aProducerThatStartsLateMakesTheFifoWithItsFirstMessage() throws Exception {
        Path fifo = folder.path("new");
        start(routes -> routes.from("direct:a").to(uri(fifo, "lazyStartProducer=true", "noReader=DISCARD")));
        assertThat(fifo).doesNotExist();

        context.createProducerTemplate().sendBody("direct:a", "line");

        assertThat(isFifo(fifo)).isTrue();
    }

    /** The umask of this JVM takes some of these away from whoever does not mind it. */
    @ParameterizedTest
    @CsvSource({
        "rw-rw-rw-, rw-rw-rw-",
        "666, rw-rw-rw-",
        "rw-rw----, rw-rw----",
        "660, rw-rw----",
        "0620, rw--w----",
        "rwxrwxrwx, rwxrwxrwx",
        "600, rw-------"
    })
    void permissionsAreExact(String option, String expected) throws Exception {
        Path fifo = folder.path("new");
        consume(uri(fifo, "permissions=" + option));

        assertThat(permissions(fifo)).isEqualTo(expected);
    }

    @Test
    void theProducersPermissionsAreExactToo() throws Exception {
        Path fifo = folder.path("new");
        start(routes -> routes.from("direct:a").to(uri(fifo, "permissions=666")));

        assertThat(permissions(fifo)).isEqualTo("rw-rw-rw-");
    }

    @Test
    void thePermissionsOfAFifoThatWasThereAreLeftAlone() throws Exception {
        Path fifo = folder.fifo("old");
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-r--r--"));
        consume(uri(fifo, "permissions=rw-rw----"));

        assertThat(permissions(fifo)).isEqualTo("rw-r--r--");
    }

    @Test
    void missingFoldersAreMadeForTheirOwnerOnly() throws Exception {
        Path fifo = folder.path("a").resolve("b").resolve("new");
        consume(uri(fifo, "permissions=666"));

        assertThat(isFifo(fifo)).isTrue();
        assertThat(permissions(folder.path("a"))).isEqualTo("rwx------");
        assertThat(permissions(folder.path("a").resolve("b"))).isEqualTo("rwx------");
    }

    @Test
    void withoutAutoCreateAConsumerOfNothingDoesNotStart() throws Exception {
        Path fifo = folder.path("missing").resolve("fifo");

        assertThatThrownBy(() -> consume(uri(fifo, "autoCreate=false")))
                .rootCause()
                .hasMessage("Named pipe does not exist: " + fifo);
        assertThat(names()).isEmpty();
    }

    @Test
    void withoutAutoCreateAMessageToNothingFails() throws Exception {
        Path fifo = folder.path("missing");
        start(routes -> routes.from("direct:a").to(uri(fifo, "autoCreate=false")));

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:a", "line"))
                    .isInstanceOf(CamelExecutionException.class)
                    .rootCause()
                    .hasMessage("Named pipe does not exist: " + fifo);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void withoutAutoCreateMessagesArriveOnceSomebodyHasMadeTheFifo() throws Exception {
        Path fifo = folder.path("late");
        start(routes -> routes.from("direct:a").to(uri(fifo, "autoCreate=false")));
        folder.fifo("late");
        PipeEnd reader = reader(fifo);

        context.createProducerTemplate().sendBody("direct:a", "line");

        reader.expect("line\n");
    }

    @Test
    void withoutAutoCreateAFifoThatIsThereIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        consume(uri(fifo, "autoCreate=false"));
        write(fifo, "line\n");

        received.awaitLines("line");
    }

    @Test
    void aRegularFileIsRefusedByNameAndLeftAsItWas() throws Exception {
        Path file = folder.path("file");
        Files.writeString(file, "precious");

        assertThatThrownBy(() -> consume(uri(file)))
                .rootCause()
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessageContaining(file.toString());
        assertThat(failureOfSending(uri(file)))
                .rootCause()
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessageContaining(file.toString());

        assertThat(file).hasContent("precious");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void aRegularFileThatIsReachedThroughALinkIsRefusedAndLeftAsItWas() throws Exception {
        Path file = folder.path("file");
        Files.writeString(file, "precious");
        Path link = Files.createSymbolicLink(folder.path("link"), file);

        assertThatThrownBy(() -> consume(uri(link, "deleteOnStop=true")))
                .rootCause()
                .hasMessageContaining(link.toString());

        assertThat(file).hasContent("precious");
        assertThat(names()).containsExactly("file", "link");
    }

    @Test
    void aFolderIsRefusedByNameAndLeftAsItWas() throws Exception {
        Path directory = Files.createDirectory(folder.path("folder"));
        Files.writeString(directory.resolve("file"), "precious");

        assertThatThrownBy(() -> consume(uri(directory)))
                .rootCause()
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessageContaining(directory.toString());
        assertThat(failureOfSending(uri(directory)))
                .rootCause()
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessageContaining(directory.toString());

        assertThat(directory.resolve("file")).hasContent("precious");
    }

    @Test
    void aDeviceIsRefusedByName() {
        assertThatThrownBy(() -> consume("fifo:/dev/null"))
                .rootCause()
                .isInstanceOf(NotANamedPipeException.class)
                .hasMessageContaining("/dev/null");
    }

    @Test
    void whereALinkLeadsNowhereNothingIsMade() throws Exception {
        Path link = Files.createSymbolicLink(folder.path("link"), folder.path("nowhere"));

        assertThatThrownBy(() -> consume(uri(link))).rootCause().hasMessageContaining(link.toString());
        assertThat(failureOfSending(uri(link))).rootCause().hasMessageContaining(link.toString());

        assertThat(names()).containsExactly("link");
    }

    @Test
    void aFileInPlaceOfAFolderIsRefusedByName() throws Exception {
        Path file = folder.path("file");
        Files.writeString(file, "precious");
        Path fifo = file.resolve("fifo");

        assertThatThrownBy(() -> consume(uri(fifo))).rootCause().hasMessageContaining(file.toString());

        assertThat(file).hasContent("precious");
    }

    @Test
    void aFileThatTookThePlaceOfTheFifoIsLeftAsItIs() throws Exception {
        Path fifo = folder.path("out");
        start(routes -> routes.from("direct:a").to(uri(fifo, "noReader=FAIL", "deleteOnStop=true")));
        Files.delete(fifo);
        Files.writeString(fifo, "precious");

        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:a", "line"))
                .isInstanceOf(CamelExecutionException.class);
        context.stop();

        assertThat(fifo).hasContent("precious");
    }

    @Test
    void aFifoThatIsReachedThroughALinkIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        Path link = Files.createSymbolicLink(folder.path("link"), fifo);
        consume(uri(link));
        write(fifo, "line\n");

        received.awaitLines("line");
    }

    @Test
    void aRelativePathIsRelativeToTheWorkingDirectory() throws Exception {
        String name = "target/relative-" + ProcessHandle.current().pid() + ".fifo";
        Path absolute = Path.of(name).toAbsolutePath();
        consume("fifo:" + name + "?deleteOnStop=true");
        write(absolute, "line\n");

        received.awaitLines("line");
        assertThat(received.frame(0).path()).isEqualTo(absolute.toString());
        context.stop();
        assertThat(absolute).doesNotExist();
    }

    @Test
    void aPathMayBeginWithThreeSlashes() throws Exception {
        Path fifo = folder.path("in");
        consume("fifo://" + fifo);
        write(fifo, "line\n");

        received.awaitLines("line");
        assertThat(received.frame(0).path()).isEqualTo(fifo.toString());
    }

    @Test
    void thePathIsLoggedAtStartAndAtStop() throws Exception {
        LogCapture log = new LogCapture();
        Path fifo = folder.path("in");
        consume(uri(fifo));
        assertThat(log.lines("INFO", fifo.toString())).hasSize(1);
        context.stop();

        assertThat(log.lines("INFO", fifo.toString())).hasSize(2);
        assertThat(log.lines("WARN")).isEmpty();
    }

    /** As people write them in Java; in XML, {@code &} has to be escaped for XML itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b|a b",
                "a%20b|a b",
                "a#b|a#b",
                "a&b|a&b",
                "a{b}c|a{b}c",
                "a%25b|a%b",
                "a=b|a=b",
                "a'b;c*d|a'b;c*d",
                "ä€|ä€"
            })
    void aPathMayHaveUnusualCharacters(String written, String name) throws Exception {
        Path fifo = folder.path(name);
        start(routes -> {
            routes.from("fifo:" + folder.path() + "/" + written + "?chunkSize=4k&permissions=640")
                    .process(received);
            routes.from("direct:a").to("fifo:" + folder.path() + "/" + written + "?permissions=640");
        });

        assertThat(names()).containsExactly(name);
        assertThat(permissions(fifo)).isEqualTo("rw-r-----");
        context.createProducerTemplate().sendBody("direct:a", "line");
        received.awaitLines("line");
        assertThat(received.frame(0).path()).isEqualTo(fifo.toString());
    }

    @Test
    void anotherProcessMayMakeTheFifoAtTheSameTime() throws Exception {
        for (int i = 0; i < 20; i++) {
            Path fifo = folder.path("both" + i);
            Received here = new Received();
            ShellProcess other = sh("mkfifo \"$1\" 2>/dev/null; test -p \"$1\"", fifo);
            routes(routes -> routes.from(uri(fifo)).process(here));
            context.start();
            other.await();
            write(fifo, "line\n");
            here.awaitLines("line");
        }
    }
}
