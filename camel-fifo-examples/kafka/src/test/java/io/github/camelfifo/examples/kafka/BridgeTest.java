package io.github.camelfifo.examples.kafka;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The routes, each with a real broker on one side and real pipes on the other. */
@Timeout(300)
class BridgeTest {

    private static final int LINES = 300;
    private static final int SOME_LINES = 10;
    private static final int NO_END = 100_000_000;
    private static final int BULK = Boolean.getBoolean("fifo.ci") ? 25_000 : 1_500;
    private static final int BURST = Boolean.getBoolean("fifo.ci") ? 5_000 : 2_500;

    @TempDir
    private static Path brokersFolder;

    private static Broker broker;

    @TempDir
    private Path folder;

    private final Ends ends = new Ends();

    @BeforeAll
    static void startBroker() throws Exception {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
        broker = new Broker(brokersFolder.resolve("broker"));
    }

    @AfterAll
    static void stopBroker() {
        Awaitility.reset();
        broker.close();
    }

    @AfterEach
    void closeAll() throws Exception {
        ends.closeAll();
    }

    @Test
    void eachPipesLinesAreInOnePartitionInOrderAndBothPartitionsAreUsed() throws Exception {
        Topic topic = Topic.create(broker, "keys");
        List<String> pipes = Shells.PIPES;
        for (String pipe : pipes) {
            Programs.mkfifo(folder.resolve(pipe));
        }
        List<Path> leftAlone = new ArrayList<>();
        for (String name : List.of("my pipe", "50%", ".hidden", "-x", "a+b")) {
            Path fifo = Programs.mkfifo(folder.resolve(name));
            assertThat(Admission.isName(name)).isFalse();
            ends.hold(fifo);
            ends.writer(fifo, 1, 1).lastLine();
            leftAlone.add(fifo);
        }
        ends.start(ToKafka.folder(folder, broker.address(), topic.name()));

        List<ChildProcess> writers = new ArrayList<>();
        for (String pipe : pipes) {
            writers.add(ends.writer(folder.resolve(pipe), 1, LINES));
        }
        for (ChildProcess writer : writers) {
            writer.lastLine();
        }

        Map<String, List<ConsumerRecord<String, String>>> byKey =
                topic.read(LINES * pipes.size()).stream().collect(Collectors.groupingBy(ConsumerRecord::key));
        assertThat(byKey).containsOnlyKeys(pipes);
        byKey.values().forEach(records -> {
            assertThat(partitions(records)).hasSize(1);
            assertThat(values(records)).isEqualTo(numbered(1, LINES));
        });
        assertThat(partitions(byKey.values().stream().flatMap(List::stream).toList()))
                .containsExactlyInAnyOrder(0, 1);
        for (Path fifo : leftAlone) {
            assertThat(ends.reader(fifo).awaitLine(line -> true)).isEqualTo("1 0");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ToKafka.fifos(leftAlone, broker.address(), topic.name()))
                .withMessageContaining("my pipe");
    }

    /** One route knows the topic when the broker goes, and the other does not; the client has a limit for each case. */
    @Test
    void linesThatNoBrokerHasAcknowledgedStayInTheirPipeAndNoneOvertakesAnother() throws Exception {
        Topic topic = Topic.create(broker, "outage");
        Path known =
                Programs.mkfifo(Files.createDirectory(folder.resolve("known")).resolve("orders"));
        Path unknown =
                Programs.mkfifo(Files.createDirectory(folder.resolve("unknown")).resolve("mail"));
        ends.hold(known);
        ends.hold(unknown);
        CamelContext stopped = ends.impatient();
        stopped.getShutdownStrategy().setTimeout(1);
        ends.start(stopped, ToKafka.folder(known.getParent(), broker.address(), topic.name()));
        ends.writer(known, 1, SOME_LINES).lastLine();
        topic.read(SOME_LINES);
        await().until(() -> stopped.getInflightRepository().size() == 0);

        broker.kill();
        CamelContext patient = ends.impatient();
        ends.start(patient, ToKafka.folder(unknown.getParent(), broker.address(), topic.name()));
        for (Path pipe : List.of(known, unknown)) {
            ends.writer(pipe, SOME_LINES + 1, LINES).lastLine();
        }
        await().during(Duration.ofMillis(2 * Ends.SHORT_MILLIS))
                .until(() -> ends.failures() == 0
                        && Stream.of(stopped, patient)
                                .allMatch(each -> each.getInflightRepository().size() == 1));
        assertThat(CompletableFuture.runAsync(stopped::stop)).succeedsWithin(ToKafka.CLOSE_LIMIT.multipliedBy(4));
        broker.start();

        ChildProcess reader = ends.reader(known);
        await().untilAsserted(() -> assertThat(reader.lines()).isEqualTo(numbered(SOME_LINES + 1, LINES)));
        Map<String, List<ConsumerRecord<String, String>>> byKey =
                topic.read(LINES).stream().collect(Collectors.groupingBy(ConsumerRecord::key));
        assertThat(values(byKey.get("orders"))).isEqualTo(numbered(1, SOME_LINES));
        assertThat(values(byKey.get("mail"))).isEqualTo(numbered(SOME_LINES + 1, LINES));
    }

    @Test
    void theStandbyTakesOverWhenTheReaderIsKilledAndNothingIsLost() throws Exception {
        Topic topic = Topic.create(broker, "failover");
        Path pipe = Programs.mkfifo(folder.resolve("orders"));
        Path stop = folder.resolve("stop");
        List<ChildProcess> pair = List.of(ends.sender(broker, topic, pipe), ends.sender(broker, topic, pipe));
        for (ChildProcess sender : pair) {
            sender.awaitLine(Started.READY::equals);
        }
        ChildProcess writer = ends.writer(pipe, 1, NO_END, "0.01", stop);
        topic.read(SOME_LINES);
        long readersPid =
                Long.parseLong(Files.readString(folder.resolve("orders.lock")).replaceFirst("(?s)\\D*(\\d+).*", "$1"));
        ChildProcess reader = pair.stream()
                .filter(each -> each.pid() == readersPid)
                .findFirst()
                .orElseThrow();

        reader.kill();

        assertThat(writer.isAlive()).isTrue();
        int before = topic.read(SOME_LINES).size();
        topic.read(before + SOME_LINES);
        Files.createFile(stop);
        List<String> numbers = IntStream.rangeClosed(1, Integer.parseInt(writer.lastLine()))
                .mapToObj(String::valueOf)
                .toList();
        await().untilAsserted(() -> assertThat(values(topic.read(numbers.size())).stream()
                        .map(line -> line.replaceFirst(" .*", ""))
                        .distinct())
                .containsExactlyElementsOf(numbers));
    }

    @Test
    void recordsThatCanBeNoLineOfAPipeAreRefusedAndHoldUpNothing() throws Exception {
        Topic topic = Topic.createLarge(broker, "hostile");
        Topic refused = Topic.create(broker, "hostile-refused");
        Path pipes = Files.createDirectory(folder.resolve("pipes"));
        ChildProcess outside = ends.reader(Programs.mkfifo(folder.resolve("outside")));
        Path orders = Programs.mkfifo(pipes.resolve("orders"));
        ChildProcess reader = ends.reader(orders);
        topic.send(
                0,
                List.of(
                        entry("../outside", "a"),
                        entry("orders?deleteOnStop=true", "b"),
                        entry(folder.resolve("outside").toString(), "c"),
                        new SimpleEntry<>(null, "d"),
                        entry("nobody", "e"),
                        new SimpleEntry<>("orders", null),
                        entry("orders", "two\nlines"),
                        entry("k".repeat(600_000), "f"),
                        entry("orders", "x".repeat(1_100_000)),
                        entry("orders", "good")));

        ends.start(new FromKafka(pipes, 30_000, broker.address(), topic.name(), "group"));

        assertThat(reader.awaitLine(line -> true)).isEqualTo("good");
        List<ConsumerRecord<String, String>> refusals = refused.read(9);
        assertThat(values(refusals))
                .containsExactlyInAnyOrder("a", "b", "c", "d", "e", null, "two\nlines", "f", "x".repeat(64 * 1024));
        assertThat(refusals)
                .filteredOn(record -> "f".equals(record.value()))
                .first()
                .satisfies(record -> assertThat(record.key()).isEqualTo("k".repeat(100)))
                .satisfies(record -> assertThat(headers(record))
                        .containsOnly(
                                entry("record", "hostile-0@7"), entry("objection", "its key is no name of a pipe")));
        await().untilAsserted(() -> assertThat(topic.committed("group", 0)).isEqualTo(10));
        assertThat(ends.failures()).isZero();
        assertThat(outside.lines()).isEmpty();
        assertThat(reader.lines()).containsExactly("good");
        try (var files = Files.list(pipes)) {
            assertThat(files).containsExactly(orders);
        }
    }

    @Test
    void aBatchIsCommittedInEachOfItsPartitions() throws Exception {
        Topic topic = Topic.create(broker, "partitions");
        List<String> pipes = List.of("orders", "mail");
        for (int partition = 0; partition < Topic.PARTITIONS; partition++) {
            String pipe = pipes.get(partition);
            ends.reader(Programs.mkfifo(folder.resolve(pipe)));
            topic.send(
                    partition,
                    numbered(1, 50).stream().map(line -> entry(pipe, line)).toList());
        }

        ends.start(new FromKafka(folder, 30_000, broker.address(), topic.name(), "both"));

        for (int each = 0; each < Topic.PARTITIONS; each++) {
            int partition = each;
            await().untilAsserted(
                            () -> assertThat(topic.committed("both", partition)).isEqualTo(50));
        }
    }

    @Test
    void whileAPipeHasNoReaderNothingIsCommittedPastItAndNothingIsLost() throws Exception {
        Topic topic = Topic.create(broker, "patience");
        Path late = Programs.mkfifo(folder.resolve("late"));
        ChildProcess ready = ends.reader(Programs.mkfifo(folder.resolve("ready")));
        topic.send(
                0,
                numbered(1, LINES).stream()
                        .flatMap(line -> Stream.of(entry("ready", line), entry("late", line)))
                        .toList());

        ends.start(new FromKafka(folder, 300, broker.address(), topic.name(), "group"));
        await().until(() -> ends.failures() >= 3);
        assertThat(topic.committed("group", 0)).isZero();

        ChildProcess reader = ends.reader(late);
        for (ChildProcess each : List.of(ready, reader)) {
            await().untilAsserted(() ->
                    assertThat(each.lines().stream().distinct()).containsExactlyElementsOf(numbered(1, LINES)));
        }
        await().untilAsserted(() -> assertThat(topic.committed("group", 0)).isEqualTo(2L * LINES));
    }

    @Test
    void inTheScenarioNothingIsLostAndTheOrderHoldsThoughAnyOfThemIsKilled() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Report report = new Report(new PrintStream(printed, true, StandardCharsets.UTF_8));

        try (Scenario scenario = new Scenario(folder, broker, BULK, 20, BURST, report)) {
            scenario.run();
        }

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(report.isAllRight()).as(text).isTrue();
        assertThat(text)
                .contains(String.format("rate    %,d lines have come", 4 * BULK))
                .containsSubsequence(
                        "A      was killed", "broker was killed", "B      was killed", "lost: 0", "arrival: 0");
    }

    private static List<String> numbered(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> number + " 0")
                .toList();
    }

    private static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    private static Set<Integer> partitions(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::partition).collect(Collectors.toSet());
    }

    private static Map<String, String> headers(ConsumerRecord<String, String> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        record.headers().forEach(each -> headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)));
        return headers;
    }
}
