package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.camel.CamelContext;

/** A route whose lines are counted, for they may come on several threads at once: from a folder of pipes, or from one. */
final class FolderRoute implements Task {

    private final LongAdder lines = new LongAdder();
    private final CamelContext camel;

    FolderRoute(Map<String, String> parameters) throws Exception {
        camel = Routes.start(parameters.get("uri"), exchange -> lines.increment());
    }

    /** Lines a second during so many milliseconds. */
    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        long before = lines.sum();
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(amount);
        long passed = lines.sum() - before;
        return Map.of("rate", passed * 1e9 / (System.nanoTime() - start));
    }

    @Override
    public void close() {
        camel.stop();
    }
}
