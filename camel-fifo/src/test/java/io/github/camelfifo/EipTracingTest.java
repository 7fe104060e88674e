package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.MessageHistory;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.spi.BacklogTracer;
import org.apache.camel.spi.BacklogTracerEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.MDC;

/** What Camel keeps and tells of each exchange is right, and changes nothing of what flows. */
class EipTracingTest extends EipTestSupport {

    private final List<String> problems = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @EnumSource
    void eachExchangeHasItsContextForTheLogInEveryThread(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        context.setUseMDCLogging(true);
        start(routes -> routes.from(in(reading))
                .routeId("lines")
                .process(this::expectContextForTheLog)
                .to(uri(folder.path("out")))
                .process(this::expectContextForTheLog)
                .threads(2)
                .process(this::expectContextForTheLog)
                .process(received));

        writeLines();

        received.awaitNumbers(LINES);
        stopWithAllReadBy(reader);
        assertThat(problems).isEmpty();
    }

    private void expectContextForTheLog(Exchange exchange) {
        if (!exchange.getExchangeId().equals(MDC.get("camel.exchangeId"))
                || !"lines".equals(MDC.get("camel.routeId"))) {
            problems.add(exchange.getExchangeId() + " has " + MDC.getCopyOfContextMap());
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachExchangeHasTheHistoryOfItsOwnWay(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        context.setMessageHistory(true);
        start(routes -> routes.from(in(reading))
                .process(exchange -> {})
                .id("first")
                .to(uri(folder.path("out")))
                .id("second")
                .process(this::expectHistory)
                .id("third")
                .process(received));

        writeLines();

        received.awaitNumbers(LINES);
        stopWithAllReadBy(reader);
        assertThat(problems).isEmpty();
    }

    private void expectHistory(Exchange exchange) {
        List<?> history = exchange.getProperty(ExchangePropertyKey.MESSAGE_HISTORY, List.class);
        List<String> nodes = history.stream()
                .map(step -> ((MessageHistory) step).getNode().getId())
                .toList();
        if (!nodes.equals(List.of("first", "second", "third"))) {
            problems.add(exchange.getExchangeId() + " has been at " + nodes);
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachMessageIsTracedWithItsBodyAndHeaders(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        BacklogTracer tracer = startTraced(routes -> routes.from(in(reading))
                .to(uri(folder.path("out")))
                .id("traced")
                .process(received));

        writeLines();

        received.awaitNumbers(LINES);
        List<BacklogTracerEventMessage> traced = tracer.dumpTracedMessages("traced");
        stopWithAllReadBy(reader);
        assertThat(traced).hasSize(LINES);
        for (int i = 0; i < LINES; i++) {
            assertThat(traced.get(i).getMessageAsJSon().replace(" ", ""))
                    .contains("\"body\":{\"type\":\"java.lang.String\",\"value\":\"" + (i + 1) + "\"}")
                    .contains("\"CamelFifoSequence\",\"type\":\"java.lang.Long\",\"value\":" + (i + 1) + "}")
                    .contains("CamelFifoPath", "CamelFifoSession");
        }
    }

    /** It does not use the stream up. */
    @Test
    void aSessionThatIsTracedIsStillWhole() throws Exception {
        startTraced(routes -> routes.from(uri(in, "framing=SESSION"))
                .convertBodyTo(String.class)
                .process(received));

        writeLines();

        received.awaitLines(Received.lines(LINES));
        stop();
    }

    private BacklogTracer startTraced(LambdaRouteBuilder routes) throws Exception {
        context.setBacklogTracing(true);
        start(routes);
        BacklogTracer tracer = context.getCamelContextExtension().getContextPlugin(BacklogTracer.class);
        tracer.setBodyIncludeStreams(true);
        tracer.setBacklogSize(1_000);
        tracer.setTracePattern("traced");
        assertThat(tracer.isEnabled()).isTrue();
        return tracer;
    }
}
