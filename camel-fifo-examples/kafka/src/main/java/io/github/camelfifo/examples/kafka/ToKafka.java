package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.FifoConstants;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * Lines from named pipes to a topic. A line leaves its pipe when the broker has acknowledged it. The key of its record is
 * the pipe's file name, so the lines of a pipe are in one partition, in their order.
 */
final class ToKafka extends RouteBuilder {

    /** A limit for the stop: by itself, the client waits for the broker as long as it tries. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    /** The names that {@link Admission} accepts. What it would refuse is better left in its pipe. */
    private static final String NAMES = "include=[A-Za-z0-9]*&exclude=*[!A-Za-z0-9._-]*";

    /**
     * Lines without their line end, in whatever charset they are, up to 500 at once. What fails stays in the pipe and is
     * tried again. A record of more than 1 MB would be refused by the broker, again and again, so longer lines are skipped.
     */
    private static final String LINES =
            "acknowledge=ON_COMPLETION&onFailure=RETRY&maxBatchSize=500&maxFrameLength=900k&bodyType=BYTES";

    /**
     * The client itself tries again as long as it takes. It then keeps the order, and makes no line two. With the limits
     * that these two have by default it would give up one record, and Camel would go on with the next.
     */
    private static final String NO_LIMIT =
            "maxBlockMs=" + Integer.MAX_VALUE + "&deliveryTimeoutMs=" + Integer.MAX_VALUE;

    private static final String KAFKA = "direct:kafka";

    private final List<String> sources;
    private final String target;

    private ToKafka(List<String> sources, String brokers, String topic) {
        this.sources = sources;
        target = "kafka:" + topic + "?brokers=" + brokers
                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer&" + NO_LIMIT;
    }

    /** One route for all pipes of a folder, also those that come later. Only one process may do this. */
    static ToKafka folder(Path folder, String brokers, String topic) {
        return new ToKafka(List.of("fifo:" + folder + "?" + NAMES + "&" + LINES), brokers, topic);
    }

    /**
     * A route for each of these pipes. Any number of processes on the machine may do this: for each pipe, one of them reads
     * and the others stand by.
     *
     * @throws IllegalArgumentException when a FIFO has a name that {@link Admission} would refuse
     */
    static ToKafka fifos(List<Path> fifos, String brokers, String topic) {
        for (Path fifo : fifos) {
            if (!Admission.isName(fifo.getFileName().toString())) {
                throw new IllegalArgumentException("A pipe's name is of letters, digits, '.', '_' and '-': " + fifo);
            }
        }
        return new ToKafka(
                fifos.stream()
                        .map(fifo -> "fifo:" + fifo + "?exclusive=true&" + LINES)
                        .toList(),
                brokers,
                topic);
    }

    @Override
    public void configure() {
        // A line says that a batch has failed and why; it stays in its pipe all the same, and comes again.
        errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false));

        getContext().getComponent("kafka", KafkaComponent.class).setKafkaClientFactory(new Clients());

        for (String source : sources) {
            from(source).to(KAFKA);
        }
        // one Kafka client for all of them
        from(KAFKA).process(ToKafka::toRecords).to(target);
    }

    /** With a list as its body, the producer takes the key from each element, and not from the option {@code key}. */
    private static void toRecords(Exchange exchange) {
        String fifo = exchange.getMessage().getHeader(FifoConstants.PATH, String.class);
        String key = Path.of(fifo).getFileName().toString();
        List<Message> records = new ArrayList<>();
        for (Object line : exchange.getMessage().getBody(List.class)) {
            Message message = new DefaultMessage(exchange);
            message.setHeader(KafkaConstants.KEY, key);
            message.setBody(line);
            records.add(message);
        }
        exchange.getMessage().setBody(records);
    }

    /** Camel closes a client without a limit; a batch in work stays in its pipe all the same. */
    private static final class Clients extends DefaultKafkaClientFactory {

        @Override
        public Producer<?, ?> getProducer(Properties properties) {
            return new KafkaProducer<Object, Object>(properties) {
                @Override
                public void close() {
                    close(CLOSE_LIMIT);
                }
            };
        }
    }
}
