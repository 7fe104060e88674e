package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.PipeEnd;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;

/** What camel-opentelemetry2 makes of a message that comes out of a FIFO and goes into another one. */
class TracingTest extends FifoTestSupport {

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

    private Main traced(RouteBuilder routes) throws Exception {
        SdkTracerProvider provider = closing(SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build());
        OpenTelemetry telemetry =
                OpenTelemetrySdk.builder().setTracerProvider(provider).build();
        Main main = new Main();
        main.addInitialProperty("camel.opentelemetry2.enabled", "true");
        main.bind("telemetry", telemetry);
        main.bind("tracer", telemetry.getTracer("camel"));
        main.configure().addRoutesBuilder(routes);
        closing(main::stop);
        main.start();
        return main;
    }

    private SpanData span(String operation) {
        List<SpanData> found = exporter.getFinishedSpanItems().stream()
                .filter(span -> operation.equals(attribute(span, "op")))
                .toList();
        assertThat(found).as(exporter.getFinishedSpanItems().toString()).hasSize(1);
        return found.get(0);
    }

    private static String attribute(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    private static void expectToNameTheEndpoint(SpanData span, Path path, String options) {
        assertThat(span.getName()).isEqualTo("fifo");
        assertThat(attribute(span, "component")).isEqualTo("camel-fifo");
        assertThat(attribute(span, "url.scheme")).isEqualTo("fifo");
        assertThat(attribute(span, "camel.uri")).isEqualTo("fifo://" + path + options);
        assertThat(attribute(span, "server.address")).isEqualTo(path.toString());
    }

    @Test
    void aMessageHasASpanFromItsPipeAndInThatOneIntoTheOther() throws Exception {
        Path in = folder.fifo("in");
        Path out = folder.fifo("out");
        PipeEnd reader = reader(out);
        traced(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(in)).to(uri(out, "readerTimeout=5s"));
            }
        });

        write(in, "line\n");

        reader.expect("line\n");
        await().until(() -> exporter.getFinishedSpanItems().size() == 2);
        SpanData received = span("EVENT_RECEIVED");
        SpanData sent = span("EVENT_SENT");
        expectToNameTheEndpoint(received, in, "");
        expectToNameTheEndpoint(sent, out, "?readerTimeout=5s");
        assertThat(sent.getParentSpanId()).isEqualTo(received.getSpanId());
        assertThat(sent.getTraceId()).isEqualTo(received.getTraceId());
        assertThat(received.getParentSpanContext().isValid()).isFalse();
    }

    @Test
    void aMessageThatFailsSaysSoInItsSpans() throws Exception {
        Path in = folder.fifo("in");
        Path out = folder.fifo("out");
        traced(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri(in)).to(uri(out, "noReader=FAIL"));
            }
        });

        write(in, "line\n");

        await().until(() -> exporter.getFinishedSpanItems().size() == 2);
        for (String operation : List.of("EVENT_RECEIVED", "EVENT_SENT")) {
            assertThat(span(operation).getEvents())
                    .singleElement()
                    .satisfies(event -> assertThat(event.getName()).isEqualTo("error"))
                    .satisfies(event -> assertThat(event.getAttributes().get(AttributeKey.stringKey("message")))
                            .isEqualTo("No process has the named pipe open for reading: " + out));
        }
    }

    @Test
    void aRequestAndItsAnswerAreOneSpan() throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        sh("while read -r line < \"$1\"; do echo \"to $line\" > \"$2\"; done", requests, replies);
        Main main = traced(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to(uri(requests, "replyTo=" + replies));
            }
        });

        Object answer = main.getCamelTemplate().requestBody("direct:ask", "question");

        assertThat(answer).isEqualTo("to question");
        await().until(() -> exporter.getFinishedSpanItems().stream()
                .anyMatch(span -> requests.toString().equals(attribute(span, "server.address"))));
        assertThat(exporter.getFinishedSpanItems())
                .filteredOn(span -> span.getName().equals("fifo"))
                .singleElement()
                .satisfies(span -> assertThat(attribute(span, "server.address")).isEqualTo(requests.toString()));
    }
}
