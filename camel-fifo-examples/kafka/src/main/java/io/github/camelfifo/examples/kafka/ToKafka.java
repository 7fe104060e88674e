package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.FifoConstants;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;

/**
 * Lines from named pipes to a topic. A line leaves its pipe when the broker has acknowledged it. The key of its record is
 * the pipe's file name, so the lines of a pipe are in one partition, in their order.
 */
final class ToKafka extends RouteBuilder {

    /**
     * Lines, as the bytes that they are, up to 500 at once. What fails stays in the pipe and is tried again. A record of
     * more than 1 MB would be refused by the broker, again and again, so longer lines are skipped.
     */
    private static final String LINES =
            "acknowledge=ON_COMPLETION&onFailure=RETRY&maxBatchSize=500&maxFrameLength=900k&bodyType=BYTES";

    private final List<String> sources;
    private final String target;

    private ToKafka(List<String> sources, String brokers, String topic) {
        this.sources = sources;
        // The client itself tries again as long as it takes. It then keeps the order, and makes no line two.
        target = "kafka:" + topic + "?brokers=" + brokers
                + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer"
                + "&deliveryTimeoutMs=" + Integer.MAX_VALUE;
    }

    /** One route for all pipes of a folder, also those that come later. Only one process may do this. */
    static ToKafka folder(Path folder, String brokers, String topic) {
        return new ToKafka(List.of("fifo:" + folder + "?include=*&" + LINES), brokers, topic);
    }

    /**
     * A route for each of these pipes. Any number of processes on the machine may do this: for each pipe, one of them reads
     * and the others stand by.
     */
    static ToKafka fifos(List<Path> fifos, String brokers, String topic) {
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

        for (String source : sources) {
            from(source).process(ToKafka::toRecords).to(target);
        }
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
}
