package io.github.camelfifo.examples.benchmark.child;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.Posix;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** How long a line takes from write(2) to where it is used: a route, or a thread that was blocked in read(2). */
final class LatencyTask implements Task {

    private static final int BUFFER_SIZE = 65_536;
    /** So many lines at once, with as many milliseconds from one time to the next. */
    private static final int BURST = 100;

    private final CompletableFuture<Stamps> opened = new CompletableFuture<>();
    private final Stamps stamps;

    LatencyTask(Map<String, String> parameters) throws Exception {
        String fifo = parameters.get("fifo");
        String uri = parameters.get("uri");
        boolean polls = "epoll".equals(parameters.get("wait"));
        // on its own thread: who reads in the plain way waits there for the writer to come
        Thread reader = new Thread(() -> read(fifo, uri, polls), "reader");
        reader.setDaemon(true);
        reader.start();
        stamps = new Stamps(fifo);
        opened.complete(stamps);
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        return switch (what) {
            case "steady" -> stamps.send(1, 1, amount);
            case "bursts" -> stamps.send(BURST, BURST, amount);
            case "warmUp" -> stamps.send(1, 0, amount);
            default -> throw new IllegalArgumentException(what);
        };
    }

    private void process(Exchange exchange) {
        opened.join().arrived((String) exchange.getMessage().getBody());
    }

    private void read(String fifo, String uri, boolean polls) {
        try {
            if (polls) {
                readPolled(fifo);
            } else if (uri == null) {
                readBlocked(fifo);
            } else {
                Routes.start(uri, this::process);
            }
        } catch (Exception e) {
            opened.completeExceptionally(e);
            throw new IllegalStateException(e);
        }
    }

    /** The least that a reader in Java can do: no text, only the number. */
    private void readBlocked(String fifo) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream pipe = new FileInputStream(fifo)) {
            StampReader stampReader = new StampReader(opened.join());
            for (int count = pipe.read(buffer); count > 0; count = pipe.read(buffer)) {
                stampReader.read(ByteBuffer.wrap(buffer, 0, count));
            }
        }
    }

    /** The least that a reader can do who waits for many pipes at once: the same system calls as the component's. */
    private void readPolled(String fifo) throws IOException {
        Posix posix = Posix.system();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_SIZE);
        Epoll.Event event = new Epoll.Event();
        try (Descriptor path = posix.openPath(fifo);
                Descriptor pipe = posix.reopenForReading(path);
                Epoll epoll = posix.epoll()) {
            epoll.add(pipe, Epoll.IN | Epoll.ONE_SHOT, 0);
            StampReader stampReader = new StampReader(opened.join());
            while (true) {
                boolean happened = epoll.await(event, -1);
                while (happened && posix.read(pipe, buffer.clear()) > 0) {
                    stampReader.read(buffer.flip());
                }
                epoll.arm(pipe, Epoll.IN | Epoll.ONE_SHOT, 0);
            }
        }
    }
}
