package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Camel's patterns that hold up, hand over, repeat or break off what flows: nothing is lost, and the order is kept. */
class EipFlowTest extends EipTestSupport {

    /** How many go in a period. */
    private static final int THROTTLED = 50;

    private static final int PERIOD_MILLIS = 40;

    @ParameterizedTest
    @EnumSource
    void throughAPoolOfThreads(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> routes.from(in(reading)).threads(4).to(uri(folder.path("out"))));

        writeLines();

        stopWithAllReadBy(reader);
    }

    @ParameterizedTest
    @EnumSource
    void throughAQueueWithOneConsumer(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> {
            routes.from(in(reading)).to("seda:queue?size=10&blockWhenFull=true");
            routes.from("seda:queue?size=10&concurrentConsumers=1&pollTimeout=10")
                    .to(uri(folder.path("out")));
        });

        writeLines();

        stopWithAllReadBy(reader);
    }

    @ParameterizedTest
    @EnumSource
    void delayedWithoutAThread(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        start(routes -> routes.from(in(reading)).delay(1).asyncDelayed().to(uri(folder.path("out"))));

        writeLines();

        stopWithAllReadBy(reader);
    }

    @ParameterizedTest
    @EnumSource
    void throttledBySoManyInATime(Reading reading) throws Exception {
        sendThrottled(reading, false);
    }

    @ParameterizedTest
    @EnumSource
    void throttledBySoManyInATimeWithoutAThread(Reading reading) throws Exception {
        sendThrottled(reading, true);
    }

    private void sendThrottled(Reading reading, boolean isAsync) throws Exception {
        ShellProcess reader = cat("out");
        List<Long> arrivals = new CopyOnWriteArrayList<>();
        List<Long> departures = new CopyOnWriteArrayList<>();
        start(routes -> routes.from(in(reading))
                .process(exchange -> arrivals.add(System.nanoTime()))
                .throttle(THROTTLED)
                .totalRequestsMode()
                .timePeriodMillis(PERIOD_MILLIS)
                .asyncDelayed(isAsync)
                .process(exchange -> departures.add(System.nanoTime()))
                .to(uri(folder.path("out"))));

        writeLines();

        stopWithAllReadBy(reader);
        long millis = TimeUnit.NANOSECONDS.toMillis(departures.get(LINES - 1) - arrivals.get(0));
        // the last ones but so many went a period earlier, and so on; whole milliseconds are counted here and there
        long periods = LINES / THROTTLED - 1;
        assertThat(millis).isGreaterThanOrEqualTo(periods * (PERIOD_MILLIS - 1));
    }

    @ParameterizedTest
    @EnumSource
    void throttledToOneAtATimeOfTwoPipes(Reading reading) throws Exception {
        Path other = folder.fifo("other");
        ShellProcess reader = cat("out");
        ShellProcess otherReader = cat("other-out");
        AtomicInteger inWork = new AtomicInteger();
        Set<Integer> seenInWork = ConcurrentHashMap.newKeySet();
        start(routes -> {
            routes.from(in(reading)).setHeader("to", routes.constant("out")).to("direct:throttled");
            routes.from(uri(other))
                    .setHeader("to", routes.constant("other-out"))
                    .to("direct:throttled");
            routes.from("direct:throttled")
                    .throttle(1)
                    .concurrentRequestsMode()
                    .asyncDelayed()
                    .process(exchange -> seenInWork.add(inWork.incrementAndGet()))
                    .toD("fifo:" + folder.path() + "/${header.to}")
                    .process(exchange -> inWork.decrementAndGet());
        });

        sh("seq \"$3\" > \"$1\" & seq \"$3\" > \"$2\"; wait", in, other, LINES).await();

        stopWithAllReadBy(reader, otherReader);
        assertThat(seenInWork).containsExactly(1);
    }

    @ParameterizedTest
    @EnumSource
    void throughACircuitBreaker(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        ShellProcess fallbackReader = cat("fallback");
        start(routes -> routes.from(in(reading))
                .circuitBreaker()
                .process(exchange -> failOnTenth(exchange))
                .to(uri(folder.path("out")))
                .onFallback()
                .to(uri(folder.path("fallback")))
                .end()
                .process(received));

        writeLines();

        received.awaitNumbers(LINES);
        awaitOutput(reader, linesThat(number -> !isTenth(number)));
        awaitOutput(fallbackReader, linesThat(EipTestSupport::isTenth));
        stop();
        assertThat(reader.await().length() + fallbackReader.await().length())
                .isEqualTo(Received.lines(LINES).length());
    }

    @ParameterizedTest
    @EnumSource
    void throughACircuitBreakerThatOpensBecauseNobodyReads(Reading reading) throws Exception {
        AtomicInteger triedToWrite = new AtomicInteger();
        start(routes -> routes.from(in(reading))
                .circuitBreaker()
                .resilience4jConfiguration()
                .minimumNumberOfCalls(10)
                .end()
                .process(exchange -> triedToWrite.incrementAndGet())
                .to(uri(folder.path("out"), "noReader=FAIL"))
                .onFallback()
                .process(received)
                .end());

        writeLines();

        received.awaitNumbers(LINES);
        stop();
        received.assertNumbers(LINES);
        assertThat(triedToWrite).hasValue(10);
    }

    @ParameterizedTest
    @EnumSource
    void inTransactions(Reading reading) throws Exception {
        ShellProcess reader = cat("out");
        CountedTransactions transactions = new CountedTransactions();
        context.getRegistry().bind("transactions", transactions);
        start(routes -> routes.from(in(reading))
                .transacted("transactions")
                .process(transactions::assertWithin)
                .to(uri(folder.path("out")))
                .delay(1)
                .asyncDelayed()
                .process(transactions::assertWithin));

        writeLines();

        stopWithAllReadBy(reader);
        assertThat(transactions.committed()).containsExactlyElementsOf(Received.numbers(LINES));
        assertThat(transactions.rolledBack()).isEmpty();
    }

    /** What is rolled back stays in the pipe, and is committed when it comes again. */
    @ParameterizedTest
    @EnumSource(names = "ON_RECEIPT", mode = EnumSource.Mode.EXCLUDE)
    void inTransactionsThatAreRolledBackAndTriedAgain(Reading reading) throws Exception {
        CountedTransactions transactions = new CountedTransactions();
        context.getRegistry().bind("transactions", transactions);
        Set<String> failed = ConcurrentHashMap.newKeySet();
        start(routes -> routes.from(in(reading, "onFailure=RETRY", "retryDelay=1"))
                .transacted("transactions")
                .filter(exchange ->
                        isTenth(exchange) && failed.add(exchange.getMessage().getBody(String.class)))
                .markRollbackOnly()
                .end()
                .process(received));

        writeLines();

        received.awaitNumbers(LINES);
        stop();
        assertThat(transactions.committed()).containsExactlyElementsOf(Received.numbers(LINES));
        assertThat(transactions.rolledBack())
                .containsExactlyElementsOf(
                        linesThat(EipTestSupport::isTenth).lines().toList());
    }

    @ParameterizedTest
    @EnumSource
    void throughAnIdempotentConsumerWithAFile(Reading reading) throws Exception {
        context.start();
        addIdempotentRoute(reading);
        sh("{ seq \"$2\"; seq \"$2\"; } > \"$1\"", in, LINES / 2).await();
        received.awaitNumbers(LINES / 2);
        context.getRouteController().stopRoute("in");
        context.removeRoute("in");
        addIdempotentRoute(reading);
        writeLines();

        received.awaitNumbers(LINES);
        stop();
        received.assertNumbers(LINES);
    }

    /** What it has seen before, it knows from the file alone. */
    private void addIdempotentRoute(Reading reading) throws Exception {
        Path seen = folder.path("seen");
        routes(routes -> routes.from(in(reading))
                .routeId("in")
                .idempotentConsumer(
                        routes.body(), FileIdempotentRepository.fileIdempotentRepository(seen.toFile(), LINES / 10))
                .process(received));
    }

    @ParameterizedTest
    @EnumSource
    void eachEndsWithAnOnCompletionOfItsKind(Reading reading) throws Exception {
        ShellProcess completeReader = cat("complete");
        ShellProcess failedReader = cat("failed");
        Queue<Long> sequences = new ConcurrentLinkedQueue<>();
        start(routes -> routes.from(in(reading, "exceptionHandler=#failures"))
                .errorHandler(routes.noErrorHandler())
                .onCompletion()
                .onCompleteOnly()
                .process(exchange -> sequences.add(exchange.getMessage().getHeader(FifoConstants.SEQUENCE, Long.class)))
                .to(uri(folder.path("complete")))
                .end()
                .onCompletion()
                .onFailureOnly()
                .to(uri(folder.path("failed")))
                .end()
                .process(received)
                .process(exchange -> failOnTenth(exchange)));

        writeLines();

        received.awaitNumbers(LINES);
        awaitOutput(completeReader, linesThat(number -> !isTenth(number)));
        awaitOutput(failedReader, linesThat(EipTestSupport::isTenth));
        stop();
        assertThat(completeReader.await().length() + failedReader.await().length())
                .isEqualTo(Received.lines(LINES).length());
        assertThat(sequences.stream().map(String::valueOf))
                .containsExactlyElementsOf(
                        linesThat(number -> !isTenth(number)).lines().toList());
        assertThat(failures.all).hasSize(LINES / 10);
    }

    private static void failOnTenth(Exchange exchange) {
        if (isTenth(exchange)) {
            throw new IllegalStateException(
                    "on purpose: " + exchange.getMessage().getBody());
        }
    }
}
