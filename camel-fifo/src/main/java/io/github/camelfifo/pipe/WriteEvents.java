package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.AnonymousPipe;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.ByteBuffer;

/**
 * Tries for the engine whether this kernel makes an event for each write to a pipe that is watched edge-triggered. Some
 * versions, reportedly 5.5 to 5.13, make none when the pipe is not empty.
 */
final class WriteEvents {

    private static final int ANY_ID = 1;

    private WriteEvents() {}

    static boolean cameForEachWrite(Posix posix) throws ErrnoException {
        try (AnonymousPipe pipe = posix.pipe();
                Epoll epoll = posix.epoll()) {
            Epoll.Event event = new Epoll.Event();
            writeByte(posix, pipe);
            epoll.add(pipe.readingEnd(), Epoll.IN | Epoll.EDGE_TRIGGERED, ANY_ID);
            boolean first = epoll.await(event, 0);
            writeByte(posix, pipe);
            return first && epoll.await(event, 0);
        }
    }

    private static void writeByte(Posix posix, AnonymousPipe pipe) throws ErrnoException {
        posix.write(pipe.writingEnd(), ByteBuffer.wrap(new byte[1]));
    }
}
