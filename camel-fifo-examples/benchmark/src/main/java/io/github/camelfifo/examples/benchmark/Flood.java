package io.github.camelfifo.examples.benchmark;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** One thread that writes lines into many pipes, turn by turn, as fast as these take them. */
final class Flood implements Writers {

    private static final int BLOCK_SIZE = 4096;
    private static final long STANDSTILL_MILLIS = 300;

    private final byte[] block;
    private final List<OutputStream> pipes = new ArrayList<>();
    private volatile boolean ends;
    private final AtomicLong blocks = new AtomicLong();
    private volatile IOException failure;
    private final Thread thread = new Thread(this::run, "flood");

    /** Into as many pipes, whose paths begin so. */
    Flood(LineFile data, String prefix, int fifos) throws IOException {
        this(data, IntStream.range(0, fifos).mapToObj(i -> Path.of(prefix + i)).toList());
    }

    /** Opens them all; somebody must have them open for reading. */
    Flood(LineFile data, List<Path> fifos) throws IOException {
        block = wholeLines(data);
        for (Path fifo : fifos) {
            pipes.add(new FileOutputStream(fifo.toFile()));
        }
    }

    @Override
    public void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void awaitEnd() throws IOException, InterruptedException {
        ends = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits until nothing more goes into the pipes, for nobody reads them. */
    void awaitFull() throws InterruptedException {
        for (long before = -1; before != blocks.get(); ) {
            before = blocks.get();
            TimeUnit.MILLISECONDS.sleep(STANDSTILL_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        ends = true;
        for (OutputStream pipe : pipes) {
            pipe.close();
        }
    }

    private void run() {
        try {
            while (!ends) {
                for (OutputStream pipe : pipes) {
                    pipe.write(block);
                    blocks.getAndIncrement();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** As many as go into one write(2) that is never split. */
    private static byte[] wholeLines(LineFile data) throws IOException {
        byte[] bytes = Files.readAllBytes(data.path());
        int length = Math.min(BLOCK_SIZE, bytes.length);
        while (bytes[length - 1] != '\n') {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }
}
