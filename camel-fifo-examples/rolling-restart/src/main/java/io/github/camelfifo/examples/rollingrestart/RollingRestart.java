package io.github.camelfifo.examples.rollingrestart;

import io.github.camelfifo.examples.support.Report;
import io.github.camelfifo.examples.support.TemporaryFolder;

/** Runs the example, which ends by itself. */
public final class RollingRestart {

    private RollingRestart() {}

    /**
     * Ends with exit code 0 when all was as it should be, 1 when not, 2 when it was called wrongly.
     *
     * @param  args      how often a new version takes over, at least once
     * @throws Exception when a process could not be started, or did not do what was waited for
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 1 || !args[0].matches("[1-9]\\d{0,3}")) {
            System.err.println("The only argument: how often a new version takes over, from 1 to 9999");
            System.exit(2);
        }
        Report report = new Report(System.out);
        try (TemporaryFolder folder = new TemporaryFolder();
                Scenario scenario = new Scenario(folder.path(), report)) {
            scenario.run(Integer.parseInt(args[0]));
        }
        report.printSummary();
        if (!report.isAllRight()) {
            System.exit(1);
        }
    }
}
