package io.github.camelfifo.examples.benchmark;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes lines into many pipes, turn by turn, as fast as these take them. */
final class Flood implements AutoCloseable {

    private static final int BLOCK_SIZE = 4096;

    private final byte[] block;
    private final List<OutputStream> pipes = new ArrayList<>();
    private volatile boolean ends;
    private volatile IOException failure;
    private final Thread thread = new Thread(this::run, "flood");

    /** Opens them all; somebody must have them open for reading. */
    Flood(LineFile data, String prefix, int fifos) throws IOException {
        block = wholeLines(data);
        for (int i = 0; i < fifos; i++) {
            pipes.add(new FileOutputStream(prefix + i));
        }
    }

    void begin() {
        thread.setDaemon(true);
        thread.start();
    }

    void awaitEnd() throws IOException, InterruptedException {
        ends = true;
        thread.join();
        if (failure != null) {
            throw failure;
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
