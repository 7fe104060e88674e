package io.github.camelfifo.programs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the programs of these tests are. */
final class Programs {

    private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");
    /** Unpacked there by {@code .ci/install-programs}, because its package and rsyslog's exclude each other. */
    private static final Path SYSLOG_NG = Path.of(System.getProperty("fifo.syslog-ng", "/opt/syslog-ng"));

    private Programs() {}

    /** The executable file of a program, if it is installed. */
    static Optional<Path> find(String program) {
        return folders().stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The folder under which syslog-ng has its files: {@code /}, or the one into which it was unpacked. */
    static Path rootOfSyslogNg() {
        return Files.exists(SYSLOG_NG) ? SYSLOG_NG : Path.of("/");
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/sbin"));
        folders.add(SYSLOG_NG.resolve("usr/sbin"));
        folders.addAll(versionsOfPostgresql());
        return folders;
    }

    /** The newest first. */
    private static List<Path> versionsOfPostgresql() {
        if (!Files.isDirectory(POSTGRESQL)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(POSTGRESQL)) {
            return versions.sorted(Comparator.comparing(Path::getFileName).reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
