package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;

/**
 * A Kafka broker that is its own controller, in a JVM of its own. Its data is in a folder, its port is one that was free: so
 * it can be killed and started again. It is made for an example, not for data that somebody needs.
 */
final class Broker implements AutoCloseable {

    private static final List<String> SMALL_JVM =
            List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dkafka.log.level=error");

    private static final int LOWEST_PORT = 10_000;
    private static final int LOWEST_PORT_OF_CLIENTS = 32_768;
    private static final int ATTEMPTS = 1_000;

    private final Path configuration;
    private final String address;
    private ChildProcess process;

    /**
     * Makes its storage and starts it.
     *
     * @param folder for its files; it need not exist
     */
    Broker(Path folder) throws IOException, InterruptedException, TimeoutException {
        List<Integer> ports = freePorts(2);
        address = "127.0.0.1:" + ports.get(1);
        Files.createDirectories(folder);
        configuration = folder.resolve("server.properties");
        Files.writeString(configuration, configuration(ports.get(0), ports.get(1), folder.resolve("data")));
        try (ChildProcess format = java(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                Uuid.randomUuid().toString(),
                "-c",
                configuration.toString())) {
            format.lastLine();
        }
        start();
    }

    /** Where clients find it, as {@code host:port}. */
    String address() {
        return address;
    }

    /** Starts it again, on the same port and with the same data. It takes some seconds to answer. */
    void start() throws IOException {
        process = java("kafka.Kafka", configuration.toString());
    }

    /** Kills it, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.kill();
        process.close();
    }

    /**
     * Makes a topic, as soon as it answers.
     *
     * @throws IllegalStateException with all that the broker has said, when it does not answer
     */
    void createTopic(String topic, int partitions) throws InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker makes no topic, and says " + process.lines(), e);
        }
    }

    /** To look into it. */
    Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address));
    }

    @Override
    public void close() {
        process.close();
    }

    /** In a real cluster there are three brokers, and sessions are longer. */
    private static String configuration(int controllerPort, int port, Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%1$d
                listeners=PLAINTEXT://127.0.0.1:%2$d,CONTROLLER://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                num.partitions=2
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                group.initial.rebalance.delay.ms=0
                broker.session.timeout.ms=2000
                broker.heartbeat.interval.ms=250
                """.formatted(controllerPort, port, data);
    }

    private static ChildProcess java(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(ChildProcess.java(SMALL_JVM, System.getProperty("java.class.path")));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        return ChildProcess.start(command, line -> {});
    }

    /**
     * Below those that Linux gives to clients. While the broker is killed, one of its clients could get such a port for
     * itself.
     */
    private static List<Integer> freePorts(int count) {
        List<Integer> ports = ThreadLocalRandom.current()
                .ints(LOWEST_PORT, LOWEST_PORT_OF_CLIENTS)
                .distinct()
                .limit(ATTEMPTS)
                .filter(Broker::isFree)
                .limit(count)
                .boxed()
                .toList();
        if (ports.size() < count) {
            throw new IllegalStateException("There are no free ports");
        }
        return ports;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
