package io.github.camelfifo.examples.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the pipes of an example. Only this user can get at them. */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    /** Makes it. */
    public TemporaryFolder() throws IOException {
        path = Files.createTempDirectory("camel-fifo-");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Removes it, with all that is in it. */
    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> children = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : children) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
