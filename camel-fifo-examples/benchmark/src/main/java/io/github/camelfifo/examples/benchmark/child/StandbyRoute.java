package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;

/** A route that takes down when its first line came: at once, or when it takes over from another process. */
final class StandbyRoute implements Task {

    private static final long PATIENCE_SECONDS = 30;

    private final CompletableFuture<Long> first = new CompletableFuture<>();
    private final CamelContext camel;

    StandbyRoute(Map<String, String> parameters) throws Exception {
        camel = Routes.start(parameters.get("uri"), exchange -> {
            if (!first.isDone()) {
                first.complete(System.nanoTime());
            }
        });
    }

    /** Waits for the first line; when that came, by {@link System#nanoTime()}, which all processes share. */
    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        try {
            return Map.of("first", (double) first.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            throw new IllegalStateException("No line came for " + PATIENCE_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        camel.stop();
    }
}
