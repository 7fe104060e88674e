package io.github.camelfifo.examples.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.main.Main;

/** Takes lines from named pipes of this machine to a topic, until it is terminated. */
final class Sender {

    private static final int FIRST_PIPE = 2;

    /** While the broker is away, a batch in work does not end. It stays in its pipe. */
    private static final int SHUTDOWN_SECONDS = 5;

    private Sender() {}

    /**
     * Runs the route.
     *
     * @param  args      the brokers, as in {@code kafka1:9092,kafka2:9092}; the topic; then a folder of pipes, or pipes,
     *                   which are then read by one of all processes that name them
     * @throws Exception when Camel could not be started
     */
    public static void main(String[] args) throws Exception {
        if (args.length <= FIRST_PIPE) {
            System.err.println("usage: Sender BROKERS TOPIC FOLDER | FIFO...");
            System.exit(2);
        }
        List<Path> paths = Arrays.stream(args).skip(FIRST_PIPE).map(Path::of).toList();
        boolean isFolder = paths.size() == 1 && Files.isDirectory(paths.get(0));
        Main camel = new Main();
        camel.configure().setShutdownTimeout(SHUTDOWN_SECONDS);
        camel.configure()
                .addRoutesBuilder(
                        isFolder
                                ? ToKafka.folder(paths.get(0), args[0], args[1])
                                : ToKafka.fifos(paths, args[0], args[1]));
        Started.say(camel);
        camel.run();
    }
}
