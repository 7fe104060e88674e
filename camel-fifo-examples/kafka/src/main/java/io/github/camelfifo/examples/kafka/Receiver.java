package io.github.camelfifo.examples.kafka;

import java.nio.file.Path;
import org.apache.camel.main.Main;

/** Takes the records of a topic into named pipes of this machine, until it is terminated. */
final class Receiver {

    private static final int ARGUMENTS = 4;
    private static final long PATIENCE_MILLIS = 30_000;

    private Receiver() {}

    /**
     * Runs the route.
     *
     * @param  args      the brokers, as in {@code kafka1:9092,kafka2:9092}; the topic; the consumer group; a folder of pipes
     * @throws Exception when Camel could not be started
     */
    public static void main(String[] args) throws Exception {
        if (args.length != ARGUMENTS) {
            System.err.println("usage: Receiver BROKERS TOPIC GROUP FOLDER");
            System.exit(2);
        }
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new FromKafka(Path.of(args[3]), PATIENCE_MILLIS, args[0], args[1], args[2]));
        Started.say(camel);
        camel.run();
    }
}
