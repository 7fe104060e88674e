package io.github.camelfifo.examples.python;

import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Report;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** Runs the example: what an article on named pipes in Python does, with Camel on the other side. */
public final class PythonArticle {

    private PythonArticle() {}

    /**
     * Ends with exit code 0 when all went as it should, 1 when not, 2 when there is no python3.
     *
     * @param  args      none
     * @throws Exception when Camel or Python could not be started
     */
    public static void main(String[] args) throws Exception {
        if (Programs.find("python3").isEmpty()) {
            System.err.println("This example needs python3 on the PATH");
            System.exit(2);
        }
        Path folder = Files.createTempDirectory("camel-fifo-");
        // empty by then, if all went as it should
        folder.toFile().deleteOnExit();
        if (!run(folder, System.out)) {
            System.exit(1);
        }
    }

    /** Whether all went as it should; the folder is empty again then. */
    static boolean run(Path folder, PrintStream out) throws Exception {
        Report report = new Report(out);
        CamelContext camel = new DefaultCamelContext();
        try {
            camel.start();
            new Article(camel, folder, report).run();
        } finally {
            camel.stop();
        }
        report.printSummary();
        return report.isAllRight();
    }
}
