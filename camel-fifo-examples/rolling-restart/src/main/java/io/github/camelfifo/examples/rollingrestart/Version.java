package io.github.camelfifo.examples.rollingrestart;

import java.nio.file.Path;
import org.apache.camel.main.Main;

/** The program that is deployed, in one version or another. SIGTERM ends it after it has done what it has. */
public final class Version {

    private Version() {}

    /**
     * Runs until it is asked to end.
     *
     * @param  args      the named pipe of the orders, the file of the invoices, and the name of the version
     * @throws Exception when Camel could not be started
     */
    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new Orders(Path.of(args[0]), Path.of(args[1]), args[2]));
        camel.run();
    }
}
