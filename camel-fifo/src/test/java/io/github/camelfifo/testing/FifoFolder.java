package io.github.camelfifo.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An empty folder for each test, removed with all that is in it afterwards. To be registered in an instance field with
 * {@code @RegisterExtension}.
 */
public final class FifoFolder implements BeforeEachCallback, AfterEachCallback {

    private static final POSIX LIBRARY = POSIXFactory.getNativePOSIX();

    private Path folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("fifo-test-");
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }

    /** The folder itself. */
    public Path path() {
        return folder;
    }

    /** A path in the folder; nothing is made there. */
    public Path path(String name) {
        return folder.resolve(name);
    }

    /** A FIFO in the folder, made now, for its owner only. */
    public Path fifo(String name) {
        Path fifo = path(name);
        if (LIBRARY.mkfifo(fifo.toString(), 0600) != 0) {
            throw new IllegalStateException("mkfifo failed: errno " + LIBRARY.errno() + ": " + fifo);
        }
        return fifo;
    }

    /** The number by which the file system knows a file. */
    public static long inode(Path file) throws IOException {
        return (Long) Files.getAttribute(file, "unix:ino");
    }

    /**
     * Renames a file, in one step also where it takes the place of another: {@code REPLACE_EXISTING} alone would remove that
     * one first, and leave a moment in which somebody makes a new one.
     */
    public static Path rename(Path from, Path to) throws IOException {
        return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }
}
