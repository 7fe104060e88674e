package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * A {@code stream:} consumer whose route counts. Started anew each time: when the writer leaves it would go on reading, and
 * take a core away from the others.
 */
final class StreamRoute implements Task {

    private final String uri;
    private final String count;

    StreamRoute(Map<String, String> parameters) throws Exception {
        uri = "stream:file?fileName=" + parameters.get("fifo");
        count = parameters.get("count");
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        if (what.equals(EXPECT)) {
            // opens the pipe later
            return Map.of();
        }
        Tally tally = Tally.of(count);
        tally.expect(amount);
        CamelContext camel = Routes.start(uri, tally);
        try {
            tally.await();
        } finally {
            camel.stop();
        }
        return Map.of();
    }
}
