package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Snippets;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** What the page of monitoring prints of health checks and spans is what they say. */
class HealthAndTracingExamplesTest extends MainTestSupport {

    private static final Snippets PAGE = Snippets.ofPage("fifo-monitoring.adoc");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> ATTRIBUTES =
            Set.of("camel.uri", "component", "op", "server.address", "server.protocol", "url.scheme");

    private void startRoute(String properties) throws Exception {
        setProperties(properties);
        main.start();
        load(PAGE.get("health", "java"));
    }

    @Test
    void whatHealthChecksSayIsPrinted() throws Exception {
        folder.fifo("orders");
        folder.fifo("answers");
        startRoute(PAGE.get("health", "properties").code());

        Files.delete(folder.path("orders"));
        Files.delete(folder.path("answers"));
        Files.writeString(folder.path("answers"), "no FIFO");

        assertThat(PAGE.get("health-print", "java").code())
                .contains("HealthCheckHelper.invoke(context, \"full\")")
                .contains("getState() + \" \" + result.getCheck().getId() + \" \" + result.getMessage().orElse(\"\")");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(printedHealth())
                        .containsExactlyInAnyOrderElementsOf(PAGE.get("health-printed", "text")
                                .in(folder.path())
                                .lines()
                                .toList()));
    }

    /** As the printed code does. */
    private List<String> printedHealth() {
        return HealthCheckHelper.invoke(main.getCamelContext(), "full").stream()
                .map(result -> result.getState() + " " + result.getCheck().getId() + " "
                        + result.getMessage().orElse(""))
                .map(String::strip)
                .toList();
    }

    @Test
    void theSpansOfAMessageArePrinted() throws Exception {
        InMemorySpanExporter exporter = InMemorySpanExporter.create();
        try (SdkTracerProvider provider = SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build();
                ShellProcess reader = ShellProcess.sh("cat \"$1\"", folder.fifo("answers"))) {
            OpenTelemetry telemetry =
                    OpenTelemetrySdk.builder().setTracerProvider(provider).build();
            main.bind("telemetry", telemetry);
            main.bind("tracer", telemetry.getTracer("camel"));
            folder.fifo("orders");
            startRoute("camel.opentelemetry2.enabled=true");

            try (ShellProcess writer = ShellProcess.sh("echo apples > \"$1\"", folder.path("orders"))) {
                writer.await();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(reader.output()).isEqualTo("apples\n"));
            }
            await().atMost(PATIENCE).until(() -> exporter.getFinishedSpanItems().size() == 2);
            String printed = exporter.getFinishedSpanItems().stream()
                    .sorted(Comparator.comparing(SpanData::getStartEpochNanos)
                            .thenComparing(span -> span.getParentSpanContext().isValid()))
                    .map(HealthAndTracingExamplesTest::printed)
                    .collect(Collectors.joining("\n"));
            assertThat(printed).isEqualTo(PAGE.get("spans", "text").in(folder.path()));
        }
    }

    private static String printed(SpanData span) {
        String attributes = span.getAttributes().asMap().entrySet().stream()
                .map(attribute -> "  " + attribute.getKey() + " = " + attribute.getValue())
                .filter(line -> ATTRIBUTES.contains(line.strip().split(" ", 2)[0]))
                .sorted()
                .collect(Collectors.joining("\n"));
        return span.getName() + "\n" + attributes;
    }
}
