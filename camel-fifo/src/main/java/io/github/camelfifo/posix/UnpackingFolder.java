package io.github.camelfifo.posix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * A folder into which jffi unpacks its native library to load it; {@link LoadFailure} asks for its faults.
 * {@code folder} is null for the JDK's folder of temporary files.
 */
record UnpackingFolder(String name, File folder) {

    /** The system property with the only folder to use. */
    static final String PROPERTY = "jffi.extract.dir";

    /** The largest of jffi's libraries for Linux is smaller. */
    private static final int ROOM = 1 << 18;

    /** The faults of all folders that jffi tries; empty when one of them is usable. */
    static List<String> allIfNoneIsUsable() {
        List<UnpackingFolder> tried = tried();
        List<String> unusable = tried.stream()
                .map(UnpackingFolder::problem)
                .flatMap(Optional::stream)
                .toList();
        return unusable.size() == tried.size() ? unusable : List.of();
    }

    private static List<UnpackingFolder> tried() {
        String only = System.getProperty(PROPERTY);
        if (only != null) {
            return List.of(new UnpackingFolder(only, new File(only)));
        }
        String working = System.getProperty("user.dir");
        // the JDK takes the folder that java.io.tmpdir named when the process started
        return List.of(
                new UnpackingFolder(System.getProperty("java.io.tmpdir"), null),
                new UnpackingFolder(working, new File(working)));
    }

    /** Tries the folder with a file like jffi's. */
    private Optional<String> problem() {
        try {
            File file = File.createTempFile("fifo", ".so", folder);
            try {
                Files.write(file.toPath(), new byte[ROOM]);
                return canBeExecuted(file) ? Optional.empty() : Optional.of(name + " is mounted noexec");
            } finally {
                Files.delete(file.toPath());
            }
        } catch (IOException e) {
            return Optional.of(name + " cannot be written to (" + e.getMessage() + ")");
        }
    }

    /** On a file system that is mounted noexec, access(2) denies this whatever the permissions are, even to root. */
    private static boolean canBeExecuted(File file) {
        return file.setExecutable(true) && file.canExecute();
    }
}
