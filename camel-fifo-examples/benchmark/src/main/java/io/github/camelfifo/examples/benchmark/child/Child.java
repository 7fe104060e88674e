package io.github.camelfifo.examples.benchmark.child;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The main class of a child JVM. It says {@code ready}; gets lines such as {@code pass 1000000} on its standard input, and
 * answers each with {@code done} and what it measured, or with {@code failed} and why. Ends at the end of its input.
 */
public final class Child {

    private Child() {}

    /**
     * Runs a task until the input ends.
     *
     * @param  args      the task's name, then {@code key=value}
     * @throws Exception when the task cannot be stopped
     */
    public static void main(String[] args) throws Exception {
        try (Task task = task(args[0], parameters(args))) {
            say("ready");
            serve(task);
        } catch (Exception e) {
            say("failed " + e);
            throw e;
        }
        System.exit(0);
    }

    private static Task task(String name, Map<String, String> parameters) throws Exception {
        return switch (name) {
            case "consume" -> new ConsumingRoute(parameters);
            case "stream" -> new StreamRoute(parameters);
            case "limit" -> new LimitRoute(parameters);
            case "lines" -> new PlainLines(parameters);
            case "bytes" -> new PlainBytes(parameters);
            case "write" -> new PlainWriter(parameters);
            case "produce" -> new ProducingRoute(parameters);
            case "latency" -> new LatencyTask(parameters);
            case "many" -> new ManyRoutes(parameters);
            case "folder" -> new FolderRoute(parameters);
            case "standby" -> new StandbyRoute(parameters);
            case "memory" -> new MemoryTask(parameters);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Map<String, String> parameters(String[] args) {
        Map<String, String> parameters = new HashMap<>();
        for (int i = 1; i < args.length; i++) {
            String[] keyAndValue = args[i].split("=", 2);
            parameters.put(keyAndValue[0], keyAndValue[1]);
        }
        return parameters;
    }

    private static void serve(Task task) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            try {
                say("done " + text(task.perform(words[0], Long.parseLong(words[1]))));
            } catch (Exception e) {
                say("failed " + e);
            }
        }
    }

    private static String text(Map<String, Double> measured) {
        return measured.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    private static void say(String line) {
        System.out.println(line.replace('\n', ' '));
        System.out.flush();
    }
}
