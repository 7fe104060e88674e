package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.posix.Descriptor;
import java.io.IOException;

/** From the start of the program that writes, until the reader has got all. */
final class FedReader implements Contestant {

    private final Fifo fifo;
    private final Feed feed;
    private final Reader reader;

    FedReader(Fifo fifo, Feed feed, Reader reader) {
        this.fifo = fifo;
        this.feed = feed;
        this.reader = reader;
    }

    @Override
    public double pass() throws Exception {
        reader.begin();
        Descriptor untilWriterIsThere = fifo.openForWriting();
        long start = System.nanoTime();
        Process writer = start(untilWriterIsThere);
        try {
            reader.awaitEnd();
            return (System.nanoTime() - start) / 1e9;
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private Process start(Descriptor untilWriterIsThere) throws IOException {
        try {
            return feed.start(fifo);
        } finally {
            untilWriterIsThere.close();
        }
    }
}
