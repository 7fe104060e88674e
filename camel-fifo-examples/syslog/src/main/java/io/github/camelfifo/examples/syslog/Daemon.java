package io.github.camelfifo.examples.syslog;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The two daemons: what each needs to work in a folder of its own, beside the machine's. */
enum Daemon {
    /** Reads the pipe of the alerts itself. */
    SYSLOG_NG("syslog-ng", "syslog-ng-core", Daemon.rootOfSyslogNg().resolve("usr/sbin")) {
        @Override
        List<ChildProcess> start(Path program, Workplace workplace) throws IOException {
            Path libraries = rootOfSyslogNg().resolve("usr/lib/syslog-ng");
            return List.of(workplace.start(
                    "env",
                    "LD_LIBRARY_PATH=" + libraries,
                    program,
                    "--foreground",
                    "--no-caps",
                    "--cfgfile=" + workplace.file("syslog-ng.conf"),
                    "--persist-file=" + workplace.resolve("persist"),
                    "--control=" + workplace.resolve("control"),
                    "--pidfile=" + workplace.resolve("pid"),
                    "--module-path=" + modules(libraries)));
        }

        @Override
        String inARecord(String message) {
            return message;
        }
    },

    /** Writes into pipes and reads none: a shell script passes the alerts on. */
    RSYSLOG("rsyslogd", "rsyslog", Path.of("/usr/sbin")) {
        @Override
        List<ChildProcess> start(Path program, Workplace workplace) throws IOException {
            return List.of(
                    workplace.start(program, "-n", "-iNONE", "-f", workplace.file("rsyslog.conf")),
                    workplace.start(
                            "sh", workplace.file("alerts-to-rsyslog.sh"), workplace.alerts(), workplace.socket()));
        }

        /** It writes a control character as a {@code #} and three octal digits. */
        @Override
        String inARecord(String message) {
            return FailureRate.oneLine(message);
        }
    };

    private static final String NOT_FOUND =
            "%s is not installed. Debian has it in the package %s (apt-get install %2$s). The packages of rsyslog and"
                    + " syslog-ng exclude each other: .ci/install-programs, as root, installs one and unpacks the other.";

    private final String program;
    private final String debianPackage;
    private final Path folder;

    Daemon(String program, String debianPackage, Path folder) {
        this.program = program;
        this.debianPackage = debianPackage;
        this.folder = folder;
    }

    /** The name of the program. */
    String program() {
        return program;
    }

    /** The program, if it is installed. */
    Optional<Path> find() {
        return Programs.find(program, folder);
    }

    /** What to say when it is not. */
    String notFound() {
        return NOT_FOUND.formatted(program, debianPackage);
    }

    /** Starts it, with what it needs beside it; it is ready when its socket is there. */
    abstract List<ChildProcess> start(Path program, Workplace workplace) throws IOException;

    /** How a message that was sent stands in its record. */
    abstract String inARecord(String message);

    /** {@code /}, or the folder into which {@code .ci/install-programs} has unpacked it. */
    private static Path rootOfSyslogNg() {
        Path unpacked = Path.of(System.getProperty("fifo.syslog-ng", "/opt/syslog-ng"));
        return Files.exists(unpacked) ? unpacked : Path.of("/");
    }

    /** Their folder has the number of a version, or of none where the machine's package is. */
    private static Path modules(Path libraries) throws IOException {
        try (Stream<Path> versions = Files.list(libraries)) {
            return versions.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }
}
