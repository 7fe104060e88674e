package io.github.camelfifo.examples.syslog;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two daemons: what each needs to work in a folder of its own, beside the machine's. */
enum Daemon {
    /** Reads the pipe of the alerts itself. */
    SYSLOG_NG("syslog-ng", "syslog-ng-core") {
        @Override
        Optional<Path> find() {
            Path unpacked = unpackedSyslogNg();
            return Files.isExecutable(unpacked) ? Optional.of(unpacked) : super.find();
        }

        @Override
        List<ChildProcess> start(Path program, Workplace workplace) throws IOException {
            List<Object> command = new ArrayList<>(List.of(
                    program,
                    "--foreground",
                    "--no-caps",
                    "--cfgfile=" + workplace.file("syslog-ng.conf"),
                    "--persist-file=" + workplace.resolve("persist"),
                    "--control=" + workplace.resolve("control"),
                    "--pidfile=" + workplace.resolve("pid")));
            if (program.equals(unpackedSyslogNg())) {
                Path libraries = program.resolve("../../lib/syslog-ng").normalize();
                command.addAll(0, List.of("env", "LD_LIBRARY_PATH=" + libraries));
                command.add("--module-path=" + modules(libraries));
            }
            return List.of(workplace.start(command.toArray()));
        }

        @Override
        String inARecord(String message) {
            return message;
        }
    },

    /** Writes into pipes and reads none: a shell script passes the alerts on. */
    RSYSLOG("rsyslogd", "rsyslog") {
        @Override
        List<ChildProcess> start(Path program, Workplace workplace) throws IOException {
            return List.of(
                    workplace.start(program, "-n", "-iNONE", "-f", workplace.file("rsyslog.conf")),
                    workplace.start(
                            "sh",
                            workplace.file("alerts-to-rsyslog.sh"),
                            workplace.alerts(),
                            workplace.resolve("alerts-socket")));
        }

        /** It writes a control character as a {@code #} and three octal digits. */
        @Override
        String inARecord(String message) {
            return FailureRate.oneLine(message);
        }
    };

    private static final String NOT_FOUND =
            "%s is not installed. On Debian: apt-get install %s (rsyslog and syslog-ng-core exclude each other). On a"
                    + " machine to throw away, .ci/install-programs installs the programs of all tests, with both daemons.";

    private final String program;
    private final String debianPackage;

    Daemon(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** The name of the program. */
    String program() {
        return program;
    }

    /** The program, if it is installed. */
    Optional<Path> find() {
        return Programs.find(program);
    }

    /** What to say when it is not. */
    String notFound() {
        return NOT_FOUND.formatted(program, debianPackage);
    }

    /** Starts it, with what it needs beside it; it is ready when its socket is there. */
    abstract List<ChildProcess> start(Path program, Workplace workplace) throws IOException;

    /** How a message that was sent stands in its record. */
    abstract String inARecord(String message);

    /** Where it is when {@code .ci/install-programs} has unpacked it; elsewhere it finds its libraries by itself. */
    private static Path unpackedSyslogNg() {
        return Path.of(System.getProperty("fifo.syslog-ng", "/opt/syslog-ng")).resolve("usr/sbin/syslog-ng");
    }

    /** The one folder beside the libraries, whose name is a version, such as {@code 3.38}. */
    private static Path modules(Path libraries) throws IOException {
        try (Stream<Path> files = Files.list(libraries)) {
            return files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }
}
