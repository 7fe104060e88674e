package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.FifoComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of a topic into the named pipes of a folder, each into the one that its key names. The offset of a batch is
 * committed when all of it is written. Records that can be no line of a pipe go to the topic {@code TOPIC-refused}.
 */
final class FromKafka extends RouteBuilder {

    private static final String PIPE = "pipe";
    private static final String RECORD = "record";
    private static final String OBJECTION = "objection";
    static final String BATCH = "batch";

    /** Of a refused record, the topic gets no more: its whole might be more than the broker takes, again and again. */
    private static final int HEAD_OF_KEY = 100;

    private static final int HEAD_OF_VALUE = 64 * 1024;

    /**
     * Nothing but {@link #commit} commits. After a failure, and after an error of the client, Camel connects anew and begins
     * behind what is committed. With the default of pollOnError it would skip records. As long as there is batching, the
     * client commits nothing by itself, also without autoCommitEnable=false.
     */
    private static final String AT_LEAST_ONCE = "autoOffsetReset=earliest&autoCommitEnable=false&allowManualCommit=true"
            + "&breakOnFirstError=true&pollOnError=RECONNECT";

    /** The client leaves the group when a batch takes longer than maxPollIntervalMs, by default 5 minutes. */
    private static final String BATCHES = "batching=true&maxPollRecords=200&pollTimeoutMs=50&batchingIntervalMs=50";

    private static final String BYTES = "valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer";

    /** A process that is killed is missed after 6 s; by default, after 45. */
    private static final String FAILOVER = "sessionTimeoutMs=6000&heartbeatIntervalMs=1000";

    private final Path folder;
    private final Admission admission;
    private final long patienceMillis;
    private final String source;
    private final String refused;

    /**
     * A route into the pipes that are in a folder.
     *
     * @param folder         the pipes in it are made by whoever reads them
     * @param patienceMillis how long a batch waits for the reader of a pipe until it begins anew
     * @param group          of all processes that share the topic's records
     */
    FromKafka(Path folder, long patienceMillis, String brokers, String topic, String group) {
        this.folder = folder;
        this.patienceMillis = patienceMillis;
        admission = new Admission(folder);
        source = "kafka:" + topic + "?brokers=" + brokers + "&groupId=" + group + "&" + AT_LEAST_ONCE + "&" + BATCHES
                + "&" + BYTES + "&" + FAILOVER;
        refused = "kafka:" + topic + "-refused?brokers=" + brokers + "&synchronous=true"
                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";
    }

    @Override
    public void configure() {
        // Also here, where it cannot be forgotten: whatever a path says, nothing outside of the folder is opened.
        getContext().getComponent("fifo", FifoComponent.class).setBaseDirectory(folder.toString());

        // A line says that a batch has failed and why; the exchange fails all the same, and Camel begins anew.
        errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false));

        // synchronous, since Kafka's client wants to be called by one thread
        from(source)
                .routeId("from-kafka")
                .setProperty(BATCH, body())
                .split(method(this, "byPipe"))
                .stopOnException()
                .choice()
                .when(header(OBJECTION).isNotNull())
                .log(LoggingLevel.WARN, "Record ${header.record} is refused: ${header.objection}")
                .to(refused)
                .otherwise()
                .toD("fifo:${header.pipe}?autoCreate=false&atomicity=LOCK&synchronous=true&readerTimeout="
                        + patienceMillis + "&writeTimeout=" + patienceMillis)
                .end()
                .end()
                .process(FromKafka::commit);
    }

    /** Each record that is refused; then the lines for each pipe, in their order. */
    public List<Message> byPipe(Exchange exchange) {
        List<Message> messages = new ArrayList<>();
        Map<String, List<byte[]>> pipes = new LinkedHashMap<>();
        for (Exchange each : batch(exchange)) {
            String key = each.getMessage().getHeader(KafkaConstants.KEY, String.class);
            byte[] line = (byte[]) each.getMessage().getBody();
            Optional<String> objection = admission.objection(key, line);
            if (objection.isPresent()) {
                messages.add(refusal(exchange, each.getMessage(), key, line, objection.get()));
            } else {
                pipes.computeIfAbsent(key, name -> new ArrayList<>()).add(line);
            }
        }
        pipes.forEach((key, lines) -> {
            Message message = new DefaultMessage(exchange);
            message.setHeader(PIPE, key);
            message.setBody(lines);
            messages.add(message);
        });
        return messages;
    }

    /**
     * A batch may be of several partitions, and a commit is of one. Camel keeps records in hand while Kafka gives their
     * partition to another process; a commit would then set back what that one has committed.
     */
    static void commit(Exchange exchange) {
        Map<TopicPartition, DefaultKafkaManualCommit> last = new LinkedHashMap<>();
        for (Exchange each : batch(exchange)) {
            DefaultKafkaManualCommit commit =
                    each.getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
            last.put(commit.getPartition(), commit);
        }
        for (DefaultKafkaManualCommit each : last.values()) {
            if (each.getCamelExchangePayload().consumer.assignment().contains(each.getPartition())) {
                each.commit();
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Exchange> batch(Exchange exchange) {
        return (List<Exchange>) exchange.getProperty(BATCH);
    }

    private static Message refusal(Exchange exchange, Message record, String key, byte[] line, String objection) {
        Message message = new DefaultMessage(exchange);
        message.setHeader(
                RECORD,
                record.getHeader(KafkaConstants.TOPIC) + "-" + record.getHeader(KafkaConstants.PARTITION) + "@"
                        + record.getHeader(KafkaConstants.OFFSET));
        message.setHeader(OBJECTION, objection);
        message.setHeader(
                KafkaConstants.KEY, key == null ? null : key.substring(0, Math.min(key.length(), HEAD_OF_KEY)));
        message.setBody(line == null ? null : Arrays.copyOf(line, Math.min(line.length, HEAD_OF_VALUE)));
        return message;
    }
}
