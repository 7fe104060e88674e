package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ResolveEndpointFailedException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of options: what is accepted, and what is said of the rest. */
class OptionsTest extends FifoTestSupport {

    private final Received received = new Received();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "framing=foo|LINES|CHUNKS",
                "framing=|LINES|CHUNKS",
                "permissions=999|660|rw-rw----",
                "permissions=rw-|660|rw-rw----",
                "permissions=rwxrwxrwxx|660|rw-rw----",
                "permissions=1777|660|rw-rw----",
                "charset=nope|UTF-8|ISO-8859-1",
                "charset=UTF-16|UTF-8|LINES",
                "chunkSize=12q|bytes|k, m or g",
                "chunkSize=0|1|k, m or g",
                "chunkSize=-1|1|k, m or g",
                "chunkSize=1.5k|bytes|k, m or g",
                "chunkSize=99999999999999999999|bytes|k, m or g",
                "chunkSize=16g|k, m or g|1",
                "maxFrameLength=12q|bytes|k, m or g",
                "maxFrameLength=0|1|k, m or g",
                "maxFrameLength=-5|1|k, m or g",
                "maxFrameLength=9999g|1|k, m or g",
                "maxFrameLength=2147483632|1 to 2147483631 bytes|k, m or g",
                "framing=FIXED&frameLength=-1|1|k, m or g",
                "framing=FIXED&frameLength=0|1|k, m or g",
                "readerTimeout=-1|0|30s",
                "readerTimeout=soon|0|30s",
                "writeTimeout=-1|0|30s",
                "readerTimeout=5q|0|30s",
                "readertimeout=later|0|30s",
                "reader-timeout=later|0|30s",
                "maxbatchsize=1m|whole|number",
                "writeTimeout=later|0|30s",
                "writeTimeout=1k|0|30s",
                "maxBatchSize=1m|whole|number",
                "maxBatchSize=10s|whole|number",
                "framing=LENGTH_PREFIXED&lengthFieldSize=2ms|whole|number",
                "noReader=x|WAIT|DISCARD",
                "oversizedFrame=x|FAIL|FAIL",
                "acknowledge=x|ON_RECEIPT|ON_COMPLETION",
                "onFailure=x|SKIP|RETRY",
                "retryDelay=-1|0|30s",
                "retryDelay=soon|0|30s",
                "autoCreate=maybe|true|false",
                "deleteOnStop=2|true|false",
                "strict=very|true|false",
                "synchronous=sometimes|true|false"
            })
    void anInvalidValueIsRefusedWithTheEndpoint(String option, String accepted, String alsoAccepted) {
        Path fifo = folder.path("fifo");

        assertThatThrownBy(() -> context.getEndpoint(uri(fifo, option)))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .satisfies(e -> assertThat(reason(e))
                        .as("option, value, what is accepted")
                        .contains(option.substring(option.indexOf('&') + 1))
                        .contains(accepted)
                        .contains(alsoAccepted))
                .hasStackTraceContaining(fifo.toString());
        assertThat(fifo).doesNotExist();
    }

    /** What people see of it, without the URI that Camel puts before it. */
    private static String reason(Throwable e) {
        StringBuilder all = new StringBuilder();
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            all.append(cause.getMessage()).append('\n');
        }
        return all.toString();
    }

    @Test
    void anUnknownOptionIsRefusedWithTheEndpoint() {
        assertThatThrownBy(() -> context.getEndpoint(uri(folder.path("fifo"), "chunksize=1k&foo=bar")))
                .isInstanceOf(ResolveEndpointFailedException.class)
                .hasMessageContaining("foo");
    }

    @Test
    void anEndpointWithoutAPathIsRefused() {
        assertThatThrownBy(() -> context.getEndpoint("fifo:")).isInstanceOf(ResolveEndpointFailedException.class);
    }

    @Test
    void anEmptyPathForRepliesIsRefusedByTheOptionsName() {
        assertThatThrownBy(() -> context.getEndpoint(uri(folder.path("fifo"), "replyTo=")))
                .hasStackTraceContaining("replyTo= is not the path of a FIFO");
    }

    @Test
    void answersNeedAnotherPipeThanRequests() {
        Path fifo = folder.path("fifo");

        assertThatThrownBy(() -> context.getEndpoint(uri(fifo, "replyTo=" + fifo)))
                .hasStackTraceContaining("replyTo=" + fifo + " is the same named pipe as path=" + fifo
                        + "; answers need another one (fifo:" + fifo + ")");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void theComponentNeedsAWorker(int workers) {
        FifoComponent component = new FifoComponent();
        component.setWorkerThreads(workers);

        assertThatThrownBy(() -> context.addComponent("other", component))
                .hasStackTraceContaining("workerThreads=" + workers)
                .hasStackTraceContaining("1 or more");
    }

    @ParameterizedTest
    @CsvSource({"1000,1000", "1k,1024", "1K,1024", "2m,2097152", "1M,1048576"})
    void sizesAreInBytesOrWithALetter(String size, int bytes) throws Exception {
        Path fifo = folder.fifo("out");
        PipeEnd reader = reader(fifo);
        start(routes -> routes.from("direct:a").to(uri(fifo, "framing=CHUNKS")));
        String uri = uri(fifo, "maxFrameLength=" + size);
        var template = context.createProducerTemplate();

        Exchange refused = template.send(uri, exchange -> exchange.getMessage().setBody("x".repeat(bytes + 1)));
        assertThat(refused.getException()).isInstanceOf(FrameTooLongException.class);
        assertThat(reader.unread()).isZero();

        var sent = template.asyncSend(uri, exchange -> exchange.getMessage().setBody("x".repeat(bytes)));
        assertThat(reader.read(bytes + 1)).endsWith('x', '\n');
        assertThat(sent.get().getException()).isNull();
    }

    @Test
    void aSizeMayBeInGigabytes() {
        assertThat(context.getEndpoint(uri(folder.path("fifo"), "maxFrameLength=1g")))
                .isInstanceOf(FifoEndpoint.class);
    }

    @Test
    void writeTimeoutIsADuration() throws Exception {
        Path fifo = folder.fifo("out");
        reader(fifo);
        writer(fifo).fill();
        context.start();
        var template = context.createProducerTemplate();

        assertThat(millis(() -> template.send(
                        uri(fifo, "writeTimeout=1s"),
                        exchange -> exchange.getMessage().setBody("line"))))
                .isBetween(950L, 5_000L);
    }

    /** One read of so many bytes; what comes later is not read while the route is at work on what was. */
    @Test
    void chunkSizeIsAlsoTheMostBytesOfARead() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "chunkSize=4")).process(received));
        write(fifo, Received.lines(1_000));

        received.awaitNumbers(1_000);
    }

    @Test
    void whileTheRouteWorksNothingMoreIsRead() throws Exception {
        Path fifo = folder.fifo("in");
        var gate = new java.util.concurrent.CountDownLatch(1);
        closing(gate::countDown);
        start(routes -> routes.from(uri(fifo, "chunkSize=1k")).process(received).process(exchange -> gate.await()));
        PipeEnd writer = writer(fifo);
        writer.write("x".repeat(99) + "\n");
        received.awaitCount(1);
        writer.write(("x".repeat(99) + "\n").repeat(100));

        Awaitility.await().during(Duration.ofMillis(200)).until(() -> writer.unread() == 10_000);
        gate.countDown();
        received.awaitCount(101);
    }

    @Test
    void propertyPlaceholdersAreResolved() throws Exception {
        Path fifo = folder.path("placed");
        context.getPropertiesComponent().addInitialProperty("name", "placed");
        context.getPropertiesComponent().addInitialProperty("size", "2");
        start(routes -> routes.from("fifo:" + folder.path() + "/{{name}}?framing=CHUNKS&chunkSize={{size}}")
                .process(received));
        write(fifo, "abcd");

        received.awaitCount(2);
        assertThat(Files.exists(fifo)).isTrue();
    }

    /** Camel asks monitoring tools' questions of it. */
    @Test
    void theEndpointTellsWhereItLeads() {
        Path fifo = folder.path("fifo");
        FifoEndpoint endpoint = endpoint(uri(fifo));

        assertThat(endpoint.getAbsolutePath()).isEqualTo(fifo.toString());
        assertThat(endpoint.getServiceUrl()).contains(fifo.toString());
        assertThat(endpoint.getServiceProtocol()).isNotBlank();
    }

    @Test
    void anOptionThatIsSetOnAnEndpointCountsForItsNextConsumer() throws Exception {
        Path fifo = folder.fifo("in");
        FifoEndpoint endpoint = endpoint(uri(fifo));
        endpoint.getConfiguration().setMaxBatchSize(2);
        start(routes -> routes.from(endpoint).process(received));

        writer(fifo).write("1\n2\n");

        received.awaitCount(1);
        assertThat(received.bodies()).containsExactly(List.of("1", "2"));
    }
}
