package io.github.camelfifo.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.CamelExchangePayload;
import org.apache.camel.component.kafka.consumer.KafkaManualCommitFactory.KafkaRecordPayload;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Which offsets a batch commits. */
class CommitTest {

    private final CamelContext context = new DefaultCamelContext();
    private final MockConsumer<Object, Object> consumer = new MockConsumer<>(OffsetResetStrategy.EARLIEST);
    private final List<String> committed = new ArrayList<>();

    @Test
    void aPartitionThatAnotherProcessHasByNowIsNotCommitted() {
        consumer.assign(List.of(partition(1)));
        Exchange batch = new DefaultExchange(context);
        batch.setProperty(FromKafka.BATCH, List.of(record(0, 7), record(1, 8), record(0, 9), record(1, 10)));

        FromKafka.commit(batch);

        assertThat(committed).containsExactly("lines-1 10");
    }

    private Exchange record(int partition, long offset) {
        Exchange exchange = new DefaultExchange(context);
        var payload = new CamelExchangePayload(exchange, consumer, "thread", null);
        var record = new KafkaRecordPayload(partition(partition), offset, 0);
        exchange.getMessage().setHeader(KafkaConstants.MANUAL_COMMIT, new DefaultKafkaManualCommit(payload, record) {
            @Override
            public void commit() {
                committed.add(getPartition() + " " + getRecordOffset());
            }
        });
        return exchange;
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("lines", number);
    }
}
