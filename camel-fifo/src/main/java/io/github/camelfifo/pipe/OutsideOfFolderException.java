package io.github.camelfifo.pipe;

import java.io.IOException;

/** A path leads out of its folder; {@link NamedPipe#locate} throws it. Nothing was opened or made. */
public class OutsideOfFolderException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Names the path and its real place.
     *
     * @param path the FIFO's
     * @param real where it leads after all links are followed
     * @param folder the folder that it must stay in
     */
    public OutsideOfFolderException(String path, String real, String folder) {
        super("The path leads to " + real + ", out of baseDirectory=" + folder + ": " + path);
    }
}
