package io.github.camelfifo.examples.benchmark.child;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** One write(2) of a line for each message, whatever that is. */
final class LimitSink {

    private final OutputStream pipe;
    private final byte[] line;

    /** Blocks until somebody has the pipe open for reading. */
    LimitSink(String fifo, String line) throws IOException {
        this.pipe = new FileOutputStream(fifo);
        this.line = (line + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void write() throws IOException {
        pipe.write(line);
    }
}
