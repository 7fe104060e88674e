package io.github.camelfifo.examples.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which records become lines of a pipe. A record comes from outside. It must not lead out of the folder, add options to an
 * endpoint, or make two lines of one; and one that can never be written must not hold up those behind it.
 */
final class Admission {

    /** No dot at the beginning, no slash, no question mark. No file name is longer. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,254}");

    private static final int LONGEST_LINE = 1024 * 1024;

    /** See inode(7). */
    private static final int TYPE_OF_FILE = 0xf000;

    private static final int FIFO = 0x1000;

    private final Path folder;

    /**
     * For a folder of pipes.
     *
     * @param folder whoever may write to it is trusted
     */
    Admission(Path folder) {
        this.folder = folder;
    }

    /** Whether a pipe of this name could be written at the other end. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Why a record is refused, or nothing when it is a line for the pipe that its key names.
     *
     * @param key  of the record; may be null
     * @param line the record's value; may be null
     */
    Optional<String> objection(String key, byte[] line) {
        if (key == null || !isName(key)) {
            return Optional.of("its key is no name of a pipe");
        }
        if (!isPipe(folder.resolve(key))) {
            return Optional.of("there is no such pipe");
        }
        if (line == null) {
            return Optional.of("it has no value");
        }
        if (line.length > LONGEST_LINE) {
            return Optional.of("it is longer than " + LONGEST_LINE + " bytes");
        }
        return isOneLine(line) ? Optional.empty() : Optional.of("it is more than one line");
    }

    /** Also a file or a link is none, and would never become writable as one. */
    private static boolean isPipe(Path path) {
        try {
            int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return (mode & TYPE_OF_FILE) == FIFO;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isOneLine(byte[] line) {
        for (byte octet : line) {
            if (octet == '\n') {
                return false;
            }
        }
        return true;
    }
}
