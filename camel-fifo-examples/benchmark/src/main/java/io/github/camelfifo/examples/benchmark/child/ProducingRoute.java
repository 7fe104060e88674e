package io.github.camelfifo.examples.benchmark.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A route that writes: into a pipe with {@code fifo:} or {@code stream:}, or as little as possible with {@code limit:}. */
final class ProducingRoute implements Task {

    private final LimitSource source;
    private final CamelContext camel;

    ProducingRoute(Map<String, String> parameters) throws Exception {
        List<String> lines = Files.readAllLines(Path.of(parameters.get("data")));
        int listSize = Integer.parseInt(parameters.getOrDefault("list", "1"));
        source = new LimitSource(listSize == 1 ? lines.toArray() : lists(lines, listSize));
        String to = parameters.get("uri");
        LimitSink sink = to.startsWith("limit:") ? new LimitSink(parameters.get("fifo"), lines.get(0)) : null;
        camel = new DefaultCamelContext();
        camel.addComponent("limit", new LimitComponent(source, sink));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("limit:source").routeId("route").to(to);
            }
        });
        camel.start();
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        source.deliver(amount);
        return Map.of();
    }

    @Override
    public void close() {
        camel.stop();
    }

    private static Object[] lists(List<String> lines, int size) {
        List<List<String>> lists = new ArrayList<>();
        for (int from = 0; from + size <= lines.size(); from += size) {
            lists.add(List.copyOf(lines.subList(from, from + size)));
        }
        return lists.toArray();
    }
}
