package io.github.camelfifo.examples.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a line takes from write(2) to the route, at 1,000 lines a second: one each millisecond, or in bursts. */
final class LatencyRace implements Race {

    static final String STEADY = "latency";
    static final String BURSTS = "latency in bursts";
    static final String FIFO = LineRaces.FIFO;
    static final String ON_COMPLETION = LineRaces.FIFO_ON_COMPLETION;
    static final String BLOCKED = "Java thread in read(2)";
    /** What it costs to wait for many pipes at once, before anything else is done. */
    static final String POLLING = "Java thread in epoll_wait(2)";

    private static final String WARM_UP = "warmUp";
    private static final int WARM_UP_ROUNDS = 25;

    static final List<String> MEASURES = List.of("p50", "p99", "p99.9");

    private final String name;
    private final String order;

    private LatencyRace(String name, String order) {
        this.name = name;
        this.order = order;
    }

    static Race steady() {
        return new LatencyRace(STEADY, "steady");
    }

    static Race bursts() {
        return new LatencyRace(BURSTS, "bursts");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Map<String, ChildJvm> children = new LinkedHashMap<>();
        try {
            for (String contestant : List.of(FIFO, ON_COMPLETION, BLOCKED, POLLING, LineRaces.STREAM)) {
                children.put(contestant, start(arena, contestant));
            }
            for (ChildJvm child : children.values()) {
                // at a thousand lines a second a JVM would take minutes to compile its code
                child.ask(WARM_UP, WARM_UP_ROUNDS * arena.plan().timedLines());
            }
            for (int round = -Math.min(1, arena.plan().warmUps());
                    round < arena.plan().rounds();
                    round++) {
                for (Map.Entry<String, ChildJvm> child : children.entrySet()) {
                    Map<String, Double> measured =
                            child.getValue().ask(order, arena.plan().timedLines());
                    if (round >= 0) {
                        add(arena, child.getKey(), measured);
                    }
                }
            }
        } finally {
            new ArrayList<>(children.values()).forEach(ChildJvm::close);
        }
    }

    private static ChildJvm start(Arena arena, String contestant) throws Exception {
        String path = arena.newFifo().path().toString();
        return switch (contestant) {
            case FIFO -> ChildJvm.start("latency", "fifo=" + path, "uri=fifo:" + path);
            case ON_COMPLETION ->
                ChildJvm.start("latency", "fifo=" + path, "uri=fifo:" + path + "?acknowledge=ON_COMPLETION");
            case BLOCKED -> ChildJvm.start("latency", "fifo=" + path);
            case POLLING -> ChildJvm.start("latency", "fifo=" + path, "wait=epoll");
            default -> ChildJvm.start("latency", "fifo=" + path, "uri=stream:file?fileName=" + path);
        };
    }

    private void add(Arena arena, String contestant, Map<String, Double> measured) {
        MEASURES.forEach(measure -> arena.add(name, contestant, measure, "µs", measured.get(measure)));
        arena.say("  %-28s p50 %6.1f  p99 %6.1f  p99.9 %6.1f µs"
                .formatted(contestant, measured.get("p50"), measured.get("p99"), measured.get("p99.9")));
    }
}
