package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.PipeUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The uses of one path by a {@link ConsumedPath}: its own, and those of held FIFOs that it goes on with. Guarded by the
 * lock of its pumps.
 */
final class PathUses {

    private static final Logger LOG = LoggerFactory.getLogger(PathUses.class);

    private final PipeUse own;
    private List<PipeUse> ofHeld = List.of();

    PathUses(PipeUse own) {
        this.own = own;
    }

    /** Finds the FIFO at the path, or makes it if the options say so. */
    void locate() throws IOException {
        own.locate();
    }

    /** Goes on with the use of a held FIFO; null for none. */
    void add(PipeUse held) {
        if (held != null) {
            ofHeld = new ArrayList<>(ofHeld);
            ofHeld.add(held);
        }
    }

    /** Ends all. */
    void end(String path) {
        end(own, path);
        ofHeld.forEach(use -> end(use, path));
    }

    private static void end(PipeUse use, String path) {
        try {
            use.close();
        } catch (IOException e) {
            LOG.warn("Cannot remove {}", path, e);
        }
    }
}
