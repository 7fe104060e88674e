package io.github.camelfifo.examples.benchmark.child;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The limit: the same route gets the same Strings from a consumer that does no I/O. */
final class LimitRoute implements Task {

    private final LimitSource source;
    private final CamelContext camel;

    LimitRoute(Map<String, String> parameters) throws Exception {
        source = new LimitSource(
                Files.readAllLines(Path.of(parameters.get("data"))).toArray());
        camel = new DefaultCamelContext();
        camel.addComponent("limit", new LimitComponent(source, null));
        Tally tally = Tally.of(parameters.get("count"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("limit:source").routeId("route").process(tally);
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
}
