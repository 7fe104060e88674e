package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.micro.CodecBenchmark;
import io.github.camelfifo.examples.benchmark.micro.SystemCallBenchmark;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What single steps cost, measured by JMH. */
final class MicroBenchmarks implements Race {

    static final String CODECS = "codecs";
    static final String SYSTEM_CALLS = "system calls";

    private final String name;
    private final Class<?> benchmark;

    private MicroBenchmarks(String name, Class<?> benchmark) {
        this.name = name;
        this.benchmark = benchmark;
    }

    /** Decoding and encoding. */
    static Race codecs() {
        return new MicroBenchmarks(CODECS, CodecBenchmark.class);
    }

    /** Reading, writing, and waiting. */
    static Race systemCalls() {
        return new MicroBenchmarks(SYSTEM_CALLS, SystemCallBenchmark.class);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(Arena arena) throws Exception {
        TimeValue time =
                TimeValue.milliseconds(Math.max(1, Math.round(arena.plan().microSeconds() * 1000)));
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmark.getName() + ".*")
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(time)
                        .measurementIterations(arena.plan().rounds())
                        .measurementTime(time)
                        .verbosity(org.openjdk.jmh.runner.options.VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        for (RunResult result : results) {
            add(arena, result);
        }
    }

    private void add(Arena arena, RunResult result) {
        String step = result.getParams().getBenchmark().replaceFirst(".*\\.", "");
        String parameter = result.getParams().getParamsKeys().stream()
                .map(result.getParams()::getParam)
                .findFirst()
                .map(value -> " " + value)
                .orElse("");
        String contestant = step + parameter;
        double nanos = result.getPrimaryResult().getScore();
        arena.add(name, contestant, "time", "ns", nanos);
        arena.say("  %-28s %8.1f ns".formatted(contestant, nanos));
    }
}
