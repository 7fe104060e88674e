package io.github.camelfifo.examples.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A process that an example runs beside Camel. The two meet at the named pipes and nowhere else; what the process says, on
 * its standard output and its standard error, is for people. It ends with this JVM, unless
 * that is killed. What a shell's background jobs say after that shell's end is not heard.
 */
public final class ChildProcess implements AutoCloseable {

    private static final long TIME_LIMIT_SECONDS = 60;
    private static final long TIME_LIMIT_OF_A_KILL_SECONDS = 10;

    private final String name;
    private final Process process;
    private final Thread killer;
    private final Thread listener;
    private final Consumer<String> output;
    /** Guards {@link #isSilent} too. */
    private final List<String> lines = new ArrayList<>();

    private boolean isSilent;

    private ChildProcess(String name, Process process, Consumer<String> output) {
        this.name = name;
        this.process = process;
        this.output = output;
        killer = new Thread(this::killAll, "end of " + name);
        Runtime.getRuntime().addShutdownHook(killer);
        listener = new Thread(this::listen, "output of " + name);
        listener.setDaemon(true);
        listener.start();
    }

    /**
     * How a process ended.
     *
     * @param exitCode 0 when all went well
     * @param lines    all that it said
     */
    public record Result(int exitCode, List<String> lines) {

        /** Whether it ended so, and said just this. */
        public boolean says(int expectedExitCode, String... expectedLines) {
            return exitCode == expectedExitCode && lines.equals(List.of(expectedLines));
        }
    }

    /**
     * Starts a program.
     *
     * @param output gets each line that the program says, as soon as it does
     */
    public static ChildProcess start(List<String> command, Consumer<String> output) throws IOException {
        return new ChildProcess(command.get(0), builder(command).start(), output);
    }

    /**
     * Starts a shell with a script, which finds the arguments as {@code "$1"}, {@code "$2"} ...
     *
     * @param script a file on the class path, such as {@code orders.sh}
     * @param output gets each line that the script says, as soon as it does
     */
    public static ChildProcess sh(String script, Consumer<String> output, Object... arguments) throws IOException {
        return interpret(List.of("sh", "-s", "--"), script, output, arguments);
    }

    /**
     * Starts a python3 with a script.
     *
     * @param script a file on the class path, such as {@code write.py}
     * @param output gets each line that the script says, as soon as it does
     */
    public static ChildProcess python(String script, Consumer<String> output, Object... arguments) throws IOException {
        return interpret(List.of("python3", "-"), script, output, arguments);
    }

    /**
     * Starts a main class in a JVM like this one, on the same class path.
     *
     * @param jvmOptions such as {@code -Xmx128m}
     * @param output     gets each line that the JVM says, as soon as it does
     */
    public static ChildProcess java(
            List<String> jvmOptions, Class<?> mainClass, Consumer<String> output, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(java(jvmOptions, System.getProperty("java.class.path")));
        command.add(mainClass.getName());
        addTo(command, arguments);
        return new ChildProcess(mainClass.getSimpleName(), builder(command).start(), output);
    }

    /** The beginning of a command that starts a JVM like this one, up to its main class. */
    public static List<String> java(List<String> jvmOptions, String classPath) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath));
        return command;
    }

    private static ChildProcess interpret(
            List<String> interpreter, String script, Consumer<String> output, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(interpreter);
        addTo(command, arguments);
        Process process = builder(command).start();
        try (InputStream text = ChildProcess.class.getResourceAsStream("/" + script);
                OutputStream standardInput = process.getOutputStream()) {
            text.transferTo(standardInput);
        }
        return new ChildProcess(script, process, output);
    }

    private static ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static void addTo(List<String> command, Object... arguments) {
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has said so far. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /**
     * Waits until it has said such a line, now or before.
     *
     * @return                       the first such line
     * @throws TimeoutException      when it has said none for a minute
     * @throws IllegalStateException when it has ended without such a line
     */
    public String awaitLine(Predicate<String> wanted) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS);
        int seen = 0;
        synchronized (lines) {
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (wanted.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                if (isSilent) {
                    throw new IllegalStateException(name + " has ended: " + lines);
                }
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    throw new TimeoutException(name + " has only said " + lines);
                }
                lines.wait(millis);
            }
        }
    }

    /**
     * Waits for its end.
     *
     * @throws TimeoutException when it still runs after a minute
     */
    public Result await() throws InterruptedException, TimeoutException {
        listener.join(TimeUnit.SECONDS.toMillis(TIME_LIMIT_SECONDS));
        if (listener.isAlive() || !process.waitFor(TIME_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(name + " does not end; it has said " + lines());
        }
        return new Result(process.exitValue(), lines());
    }

    /**
     * Waits for its end, which has to be a good one.
     *
     * @return                       the last line that it said
     * @throws TimeoutException      when it still runs after a minute
     * @throws IllegalStateException when its exit code is not 0
     */
    public String lastLine() throws InterruptedException, TimeoutException {
        Result result = await();
        if (result.exitCode() != 0) {
            throw new IllegalStateException(
                    name + " has ended with exit code " + result.exitCode() + ": " + result.lines());
        }
        return result.lines().isEmpty() ? "" : result.lines().get(result.lines().size() - 1);
    }

    /** Asks it to end, as {@code kill} does (SIGTERM). */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Kills it and all that it has started, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        killAll();
    }

    /** Ends the process, and all that it has started, if it still runs, and waits until all are gone. */
    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // this JVM goes down, and the hook runs
        }
    }

    /** By its handle: {@link Process#destroy()} would also close our ends, and its last words would be lost. */
    private void killAll() {
        // the parent first, or a loop starts the next one
        List<ProcessHandle> descendants = process.descendants().toList();
        process.toHandle().destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(process.toHandle());
        descendants.forEach(ChildProcess::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, TIME_LIMIT_OF_A_KILL_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                heard(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            synchronized (lines) {
                isSilent = true;
                lines.notifyAll();
            }
        }
    }

    private void heard(String line) {
        output.accept(line);
        synchronized (lines) {
            lines.add(line);
            lines.notifyAll();
        }
    }
}
