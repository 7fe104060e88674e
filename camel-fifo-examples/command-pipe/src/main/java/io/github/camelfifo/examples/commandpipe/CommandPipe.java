package io.github.camelfifo.examples.commandpipe;

import io.github.camelfifo.examples.support.Report;
import io.github.camelfifo.examples.support.TemporaryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Runs the example. Without arguments shells steer it, and it ends by itself; with {@code --stay} it waits for your
 * commands.
 */
public final class CommandPipe {

    private static final String STAY = "--stay";

    private CommandPipe() {}

    /**
     * Ends with exit code 0 when all was as it should be, 1 when not, 2 when it was called wrongly.
     *
     * @param  args      {@code --stay} or nothing
     * @throws Exception when Camel or a shell could not be started
     */
    public static void main(String[] args) throws Exception {
        List<String> arguments = List.of(args);
        if (arguments.equals(List.of(STAY))) {
            stay();
        } else if (!arguments.isEmpty()) {
            System.err.println("The only argument there is: " + STAY);
            System.exit(2);
        } else if (!runScenario()) {
            System.exit(1);
        }
    }

    private static boolean runScenario() throws Exception {
        Report report = new Report(System.out);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            new Scenario(folder.path(), report).run();
        }
        report.printSummary();
        return report.isAllRight();
    }

    private static void stay() throws Exception {
        Pipes pipes = new Pipes(Files.createTempDirectory("camel-fifo-"));
        // after Camel's own shutdown hook, and the last one first
        for (Path path : List.of(pipes.folder(), pipes.control(), pipes.answers(), pipes.orders())) {
            path.toFile().deleteOnExit();
        }
        Main camel = pipes.program(line -> System.out.println("got: " + line));
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                System.out.printf("""

                        Type in another terminal:

                          cd %s
                          cat answers &
                          echo 'order 1' > orders
                          echo 'suspend orders' > control

                        Ctrl-C ends the example.

                        """, pipes.folder());
            }
        });
        camel.run();
    }
}
