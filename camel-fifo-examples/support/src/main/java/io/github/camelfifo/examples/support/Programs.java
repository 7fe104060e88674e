package io.github.camelfifo.examples.support;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The programs of this machine. */
public final class Programs {

    private static final String FOLDERS_OF_DAEMONS = "/usr/sbin" + File.pathSeparator + "/sbin";

    private Programs() {}

    /**
     * The executable file of a program, if it is installed.
     *
     * @param others further folders to look in
     */
    public static Optional<Path> find(String program, Path... others) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + FOLDERS_OF_DAEMONS;
        return Stream.concat(
                        Arrays.stream(folders.split(File.pathSeparator, -1)).map(Path::of), Arrays.stream(others))
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes a named pipe, for this user alone. */
    public static Path mkfifo(Path path) throws IOException, InterruptedException {
        Process mkfifo = new ProcessBuilder("mkfifo", "-m", "600", path.toString())
                .inheritIO()
                .start();
        if (mkfifo.waitFor() != 0) {
            throw new IOException("mkfifo could not make " + path);
        }
        return path;
    }
}
