package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.child.Ready;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * How long it takes from the start of a context, in a fresh JVM, until the first line from a pipe is in the route, or until
 * a context with only a {@code direct:} has started.
 */
final class StartRace implements Race {

    static final String NAME = "start";
    static final String FIFO = LineRaces.FIFO;
    static final String DIRECT = "only direct:";
    static final String IN_ALL = "since the JVM was started";
    static final String CONTEXT = "since the context was started";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        for (int round = 0; round < arena.plan().rounds(); round++) {
            measure(arena, DIRECT, "direct:a");
            Fifo fifo = arena.newFifo();
            Process writer = new ProcessBuilder("sh", "-c", "echo first > " + fifo.path()).start();
            measure(arena, FIFO, "fifo:" + fifo.path());
            writer.destroyForcibly();
        }
    }

    private static void measure(Arena arena, String contestant, String uri) throws Exception {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(ChildJvm.command(List.of(), Ready.class, uri))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = said.readLine();
            double inAll = (System.nanoTime() - start) / 1e6;
            double context = Double.parseDouble(ready.replace("ready ", ""));
            arena.add(NAME, contestant, IN_ALL, "ms", inAll);
            arena.add(NAME, contestant, CONTEXT, "ms", context);
            arena.say("  %-28s %6.0f ms, of which the context %6.0f ms".formatted(contestant, inAll, context));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
