package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.Report;
import io.github.camelfifo.examples.support.TemporaryFolder;

/** Runs the example: a broker, two machines, and shells at both ends. */
final class KafkaExample {

    private static final int BULK = 25_000;
    private static final int TIMED = 100;
    private static final int BURST = 5_000;

    private KafkaExample() {}

    /**
     * Ends with exit code 0 when all was as it should be, 1 when not, 2 when it was called wrongly.
     *
     * @param  args      none
     * @throws Exception when a process could not be started
     */
    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            System.err.println("There are no arguments. For Sender and Receiver say -Dkafka.main, see README.md");
            System.exit(2);
        }
        Report report = new Report(System.out);
        try (TemporaryFolder folder = new TemporaryFolder();
                Broker broker = new Broker(folder.path().resolve("broker"));
                Scenario scenario = new Scenario(folder.path(), broker, BULK, TIMED, BURST, report)) {
            scenario.run();
        }
        report.printSummary();
        System.exit(report.isAllRight() ? 0 : 1);
    }
}
