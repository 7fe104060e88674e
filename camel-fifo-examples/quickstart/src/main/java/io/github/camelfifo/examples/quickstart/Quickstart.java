package io.github.camelfifo.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Runs the example. Without arguments it has shell scripts on both ends of the pipes, and ends by itself; with
 * {@code --stay} it waits for you to be the shell.
 */
public final class Quickstart {

    private static final String STAY = "--stay";

    private Quickstart() {}

    /**
     * Ends with exit code 0 when all numbers were right, 1 when not, 2 when it was called wrongly.
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
        Path folder = newFolder();
        try {
            Summary summary = new Scenario(folder, System.out).run();
            System.out.println(summary);
            return summary.isRight();
        } finally {
            Files.delete(folder);
        }
    }

    private static void stay() throws Exception {
        Path folder = newFolder();
        // empty by then: the component removes the pipes
        folder.toFile().deleteOnExit();
        Path orders = folder.resolve("orders");
        Path invoices = folder.resolve("invoices");
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new Orders(orders, invoices, line -> System.out.println("got: " + line)));
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                System.out.printf("""

                        Type in another terminal:

                          cat %2$s &
                          echo 'order 1: 3 x 25' > %1$s

                        Ctrl-C ends the example.

                        """, orders, invoices);
            }
        });
        camel.run();
    }

    /** Only this user can get at the pipes in it. */
    private static Path newFolder() throws IOException {
        return Files.createTempDirectory("camel-fifo-");
    }
}
