package io.github.camelfifo;

import static java.util.Objects.requireNonNull;

import io.github.camelfifo.posix.Posix;
import org.apache.camel.spi.annotations.Component;

/** The component over system calls that a test can make fail. */
@Component("fifo")
final class WatchedComponent extends FifoComponent {

    private final Posix posix;

    WatchedComponent(Posix posix) {
        this.posix = requireNonNull(posix);
    }

    @Override
    Posix posix() {
        return posix;
    }
}
