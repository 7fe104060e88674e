package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;
import org.apache.camel.CamelContext;

/** A {@code fifo:} consumer whose route counts. */
final class ConsumingRoute implements Task {

    private final Tally tally;
    private final CamelContext camel;

    ConsumingRoute(Map<String, String> parameters) throws Exception {
        tally = Tally.of(parameters.get("count"));
        camel = Routes.start(parameters.get("uri"), tally);
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        if (what.equals(EXPECT)) {
            tally.expect(amount);
        } else {
            tally.await();
        }
        return Map.of();
    }

    @Override
    public void close() {
        camel.stop();
    }
}
