package io.github.camelfifo.examples.benchmark.child;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
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
        // on its own thread: who reads in the plain way waits there for the writer to come
        Thread reader = new Thread(() -> read(fifo, uri), "reader");
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

    private void read(String fifo, String uri) {
        try {
            if (uri == null) {
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
            Stamps arrivals = opened.join();
            boolean atStart = true;
            long stamp = 0;
            for (int count = pipe.read(buffer); count > 0; count = pipe.read(buffer)) {
                for (int i = 0; i < count; i++) {
                    byte next = buffer[i];
                    if (next == '\n') {
                        arrivals.arrived(stamp);
                        stamp = 0;
                        atStart = true;
                    } else if (atStart && next >= '0' && next <= '9') {
                        stamp = 10 * stamp + next - '0';
                    } else {
                        atStart = false;
                    }
                }
            }
        }
    }
}
