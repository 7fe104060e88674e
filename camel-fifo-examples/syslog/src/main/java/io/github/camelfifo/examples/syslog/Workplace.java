package io.github.camelfifo.examples.syslog;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Programs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * A folder in the place of {@code /run/camel-log}, with the two pipes. Where root runs the example, the folder and all
 * processes in it are of an ordinary user.
 */
final class Workplace {

    private static final String IN_FILES = "/run/camel-log";
    /** Of "nobody", as most systems number it. */
    private static final String ORDINARY_USER = "65534";

    private final Path folder;
    private final List<String> asOrdinaryUser;

    /**
     * Makes the pipes.
     *
     * @param folder exists
     */
    Workplace(Path folder) throws IOException, InterruptedException, TimeoutException {
        this.folder = folder;
        Optional<Path> setpriv = Programs.find("setpriv");
        if ("root".equals(System.getProperty("user.name")) && setpriv.isPresent()) {
            runHere(List.of("chown", ORDINARY_USER + ":" + ORDINARY_USER, folder.toString()));
            asOrdinaryUser = List.of(
                    setpriv.get().toString(), "--reuid=" + ORDINARY_USER, "--regid=" + ORDINARY_USER, "--clear-groups");
        } else {
            asOrdinaryUser = List.of();
        }
        run("mkfifo", "-m", "600", records(), alerts());
    }

    Path records() {
        return folder.resolve("records");
    }

    Path alerts() {
        return folder.resolve("alerts");
    }

    Path socket() {
        return folder.resolve("socket");
    }

    /** What the daemon has written of the alerts, without the time of each. */
    List<String> loggedAlerts() throws IOException {
        Path log = folder.resolve("alerts.log");
        if (!Files.exists(log)) {
            return List.of();
        }
        return Files.readAllLines(log).stream()
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .toList();
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** Writes a file from the class path into the folder, with the folder's paths. */
    Path file(String name) throws IOException {
        try (InputStream text = Workplace.class.getResourceAsStream("/" + name)) {
            String original = new String(text.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(folder.resolve(name), original.replace(IN_FILES, folder.toString()));
        }
    }

    /** Starts a program. */
    ChildProcess start(Object... command) throws IOException {
        List<String> all = new ArrayList<>(asOrdinaryUser);
        for (Object word : command) {
            all.add(word.toString());
        }
        return ChildProcess.start(all, line -> {});
    }

    /** Runs a program, which has to end well. */
    void run(Object... command) throws IOException, InterruptedException, TimeoutException {
        try (ChildProcess process = start(command)) {
            process.lastLine();
        }
    }

    private static void runHere(List<String> command) throws IOException, InterruptedException, TimeoutException {
        try (ChildProcess process = ChildProcess.start(command, line -> {})) {
            process.lastLine();
        }
    }
}
