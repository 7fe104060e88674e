package io.github.camelfifo.examples.benchmark.child;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A context with many routes from {@code uri}0, {@code uri}1 and so on, with {@code options} if there are any. Each counts.
 * With {@code probe} there is one more, from that pipe, whose lines are timed.
 */
final class ManyRoutes implements Task {

    private final String uri;
    private final String options;
    private final String probe;
    private final CamelContext camel = new DefaultCamelContext();
    private final List<AtomicLong> counts = new ArrayList<>();
    private Stamps stamps;

    ManyRoutes(Map<String, String> parameters) {
        uri = parameters.get("uri");
        options = parameters.getOrDefault("options", "");
        probe = parameters.get("probe");
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        return switch (what) {
            case "start" -> start(amount);
            case "usage" -> usage();
            case "idle" -> idle(amount);
            case "busy" -> busy(amount);
            case "latency" -> stamps.send(1, 1, amount);
            case "suspend" -> suspend();
            case "stop" -> stop();
            default -> throw new IllegalArgumentException(what);
        };
    }

    @Override
    public void close() {
        camel.stop();
    }

    private Map<String, Double> start(long routes) throws Exception {
        for (int i = 0; i < routes; i++) {
            camel.addRoutes(route(i));
        }
        if (probe != null) {
            camel.addRoutes(probeRoute());
        }
        long start = System.nanoTime();
        camel.start();
        double millis = millisSince(start);
        if (probe != null) {
            stamps = new Stamps(probe);
        }
        return Map.of("start", millis);
    }

    private Map<String, Double> usage() throws Exception {
        return Map.of("threads", Usage.threads(), "heap", Usage.heap(), "descriptors", Usage.descriptors());
    }

    /** CPU, in milliseconds a second. */
    private Map<String, Double> idle(long millis) throws InterruptedException {
        Map<Long, Long> before = Usage.cpu();
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(millis);
        double used = Usage.cpuMillisSince(before);
        return Map.of("cpu", used * 1000 / millisSince(start));
    }

    /** Lines a second, all together, and how much the slowest pipe had of the fastest one's. */
    private Map<String, Double> busy(long millis) throws InterruptedException {
        long before = total();
        long start = System.nanoTime();
        TimeUnit.MILLISECONDS.sleep(millis);
        long lines = total() - before;
        return Map.of("rate", lines * 1000 / millisSince(start));
    }

    private Map<String, Double> suspend() {
        camel.suspend();
        return Map.of();
    }

    private Map<String, Double> stop() {
        long start = System.nanoTime();
        camel.stop();
        return Map.of("stop", millisSince(start));
    }

    private long total() {
        long total = 0;
        for (AtomicLong count : counts) {
            total += count.get();
        }
        return total;
    }

    private RouteBuilder route(int number) {
        AtomicLong count = new AtomicLong();
        counts.add(count);
        return new RouteBuilder() {
            @Override
            public void configure() {
                // one thread at a time, so no more than a write is needed
                from(uri + number + options).process(exchange -> count.setRelease(count.getPlain() + 1));
            }
        };
    }

    private RouteBuilder probeRoute() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + probe)
                        .process(exchange ->
                                stamps.arrived((String) exchange.getMessage().getBody()));
            }
        };
    }

    private static double millisSince(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e6;
    }
}
