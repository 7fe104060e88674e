package io.github.camelfifo.examples.kafka;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic, seen by Kafka's own clients. */
record Topic(Broker broker, String name) {

    static final int PARTITIONS = 2;

    private static final int LARGEST_REQUEST = 4 * 1024 * 1024;

    /** It takes larger records than others. */
    static Topic createLarge(Broker broker, String name) throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            admin.createTopics(List.of(new NewTopic(name, PARTITIONS, (short) 1)
                            .configs(Map.of("max.message.bytes", String.valueOf(LARGEST_REQUEST)))))
                    .all()
                    .get();
        }
        return new Topic(broker, name);
    }

    static Topic create(Broker broker, String name) throws InterruptedException {
        broker.createTopic(name, PARTITIONS);
        return new Topic(broker, name);
    }

    /** Sends records in this order to one partition, and returns when they are there. */
    void send(int partition, List<Map.Entry<String, String>> records) throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.address(), "max.request.size", LARGEST_REQUEST);
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (Map.Entry<String, String> each : records) {
                sent.add(producer.send(new ProducerRecord<>(name, partition, each.getKey(), each.getValue())));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    /** All records, each partition in its order, as soon as there are so many. */
    List<ConsumerRecord<String, String>> read(int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(name, partition))
                    .toList();
            consumer.assign(partitions);
            await().pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                return records.size() >= count;
            });
        }
        return records;
    }

    /** The offset up to which a group has everything of a partition; 0 when it has nothing. */
    long committed(String group, int partition) throws ExecutionException, InterruptedException {
        try (Admin admin = broker.admin()) {
            var offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(name, partition));
            return offset == null ? 0 : offset.offset();
        }
    }
}
