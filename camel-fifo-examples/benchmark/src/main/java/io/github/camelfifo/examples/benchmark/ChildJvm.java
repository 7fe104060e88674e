package io.github.camelfifo.examples.benchmark;

import io.github.camelfifo.examples.benchmark.child.Child;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM that does what it is told to, see {@link Child}. */
final class ChildJvm implements AutoCloseable {

    /** The same for all, so that nobody wins by a larger heap. */
    private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

    private static final String DONE = "done ";
    private static final String END = "failed the process has ended";
    private static final long PATIENCE_SECONDS = 60;
    private static final long PATIENCE_AT_CLOSE_SECONDS = 15;

    private final Process process;
    private final Writer orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildJvm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        orders = process.outputWriter(StandardCharsets.UTF_8);
        Thread listener = new Thread(this::listen, "answers of " + process.pid());
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * Starts a child, and waits until it is ready.
     *
     * @param task its name and parameters
     */
    static ChildJvm start(String... task) throws Exception {
        return start(HEAP, task);
    }

    static ChildJvm start(List<String> jvmOptions, String... task) throws Exception {
        ChildJvm child = new ChildJvm(command(jvmOptions, Child.class, task));
        try {
            child.answer("ready");
            return child;
        } catch (Exception e) {
            child.close();
            throw e;
        }
    }

    /** What starts a main class in a JVM like this one. */
    static List<String> command(List<String> jvmOptions, Class<?> mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Has something done, and waits for it; what the child has measured. */
    Map<String, Double> ask(String what, long amount) throws Exception {
        tell(what, amount);
        return await();
    }

    void tell(String what, long amount) throws IOException {
        orders.write(what + " " + amount + "\n");
        orders.flush();
    }

    Map<String, Double> await() throws Exception {
        String answer = answer(DONE.strip());
        Map<String, Double> measured = new HashMap<>();
        for (String pair : answer.substring(DONE.length()).split(" ", -1)) {
            String[] keyAndValue = pair.split("=", 2);
            if (keyAndValue.length == 2) {
                measured.put(keyAndValue[0], Double.valueOf(keyAndValue[1]));
            }
        }
        return measured;
    }

    /** Kills it, as {@code kill -9} does; when that was, by {@link System#nanoTime()}, which all processes share. */
    long kill() {
        long now = System.nanoTime();
        process.destroyForcibly();
        return now;
    }

    /** Lets it end. */
    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(PATIENCE_AT_CLOSE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String answer(String wanted) throws Exception {
        String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null) {
            process.destroyForcibly();
            throw new IOException("No answer for " + PATIENCE_SECONDS + " s");
        }
        if (!answer.startsWith(wanted)) {
            throw new IOException(answer);
        }
        return answer;
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                answers.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.add(END);
        }
    }
}
