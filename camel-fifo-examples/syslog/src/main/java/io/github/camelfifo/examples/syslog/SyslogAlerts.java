package io.github.camelfifo.examples.syslog;

import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Report;
import io.github.camelfifo.examples.support.TemporaryFolder;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Runs the example with each of the two daemons that is installed. */
public final class SyslogAlerts {

    private SyslogAlerts() {}

    /**
     * Ends with exit code 0 when all went as it should, 1 when not, 2 when a program is missing without which nothing can
     * be shown.
     *
     * @param  args      none
     * @throws Exception when Camel or a daemon could not be started
     */
    public static void main(String[] args) throws Exception {
        int exitCode = run(Daemon::find, System.out);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** Gives the exit code. */
    static int run(Function<Daemon, Optional<Path>> find, PrintStream out) throws Exception {
        if (Programs.find("logger").isEmpty()) {
            out.println("logger is not installed. Debian has it in the package bsdutils.");
            return 2;
        }
        Report report = new Report(out);
        boolean played = false;
        for (Daemon daemon : Daemon.values()) {
            Optional<Path> program = find.apply(daemon);
            if (program.isPresent()) {
                try (TemporaryFolder folder = new TemporaryFolder()) {
                    new Scenario(daemon, new Workplace(folder.path()), report).run(program.get());
                }
                played = true;
            } else {
                out.println(daemon.notFound());
            }
        }
        if (!played) {
            return 2;
        }
        report.printSummary();
        return report.isAllRight() ? 0 : 1;
    }
}
