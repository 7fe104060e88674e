package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sees to it that nothing is opened or made outside of a folder, whatever symbolic links are in the path. */
final class Confinement {

    private final Posix posix;
    private final Path path;
    private final Path folder;

    /** {@code folder} is null where everything is allowed. */
    Confinement(Posix posix, Path path, Path folder) {
        this.posix = posix;
        this.path = path;
        this.folder = folder;
    }

    /** Refuses what is open when it is not in the folder. */
    void check(Descriptor opened) throws IOException {
        if (folder != null) {
            require(Path.of(posix.target(opened)));
        }
    }

    /** Refuses to make anything when that would not be in the folder; makes the folder itself. */
    void checkBeforeMaking() throws IOException {
        if (folder == null) {
            return;
        }
        Files.createDirectories(folder);
        Path existing = path.getParent();
        while (Files.notExists(existing)) {
            existing = existing.getParent();
        }
        require(existing.toRealPath());
    }

    private void require(Path real) throws IOException {
        if (!real.startsWith(folder.toRealPath())) {
            throw new OutsideOfFolderException(path.toString(), real.toString(), folder.toString());
        }
    }
}
