package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;

/** Lets bytes pass through a route, and looks at the memory after each portion. */
final class MemoryTask implements Task {

    private final ConsumingRoute route;

    MemoryTask(Map<String, String> parameters) throws Exception {
        route = new ConsumingRoute(parameters);
    }

    @Override
    public Map<String, Double> perform(String what, long amount) throws Exception {
        Map<String, Double> unused = route.perform(what, amount);
        return what.equals(EXPECT)
                ? Map.of()
                : Map.of("heap", Usage.heap(), "direct", Usage.direct(), "resident", Usage.resident());
    }

    @Override
    public void close() {
        route.close();
    }
}
