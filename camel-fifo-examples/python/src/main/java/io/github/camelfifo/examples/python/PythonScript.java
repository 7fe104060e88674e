package io.github.camelfifo.examples.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A script that a real python3 runs beside Camel. The two meet at the named pipes and nowhere else. */
final class PythonScript implements AutoCloseable {

    private static final String PYTHON = "python3";
    private static final long TIME_LIMIT_SECONDS = 60;

    private final String name;
    private final Process python;
    private final CompletableFuture<List<String>> output;

    private PythonScript(String name, Process python) {
        this.name = name;
        this.python = python;
        this.output = CompletableFuture.supplyAsync(
                () -> lines(python), task -> new Thread(task, "output of " + name).start());
    }

    /**
     * What a script said, and how it ended.
     *
     * @param exitCode 0 when all went well
     * @param lines    both of its output and of its errors
     */
    record Result(int exitCode, List<String> lines) {

        boolean says(int expectedExitCode, String... expectedLines) {
            return exitCode == expectedExitCode && lines.equals(List.of(expectedLines));
        }
    }

    /** Whether there is a python3 on the path. */
    static boolean isPythonThere() throws InterruptedException {
        try {
            return new ProcessBuilder(PYTHON, "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs a script from the class path to its end. */
    static Result run(String name, Object... arguments)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        try (PythonScript script = start(name, arguments)) {
            return script.end();
        }
    }

    /** Starts a script from the class path. */
    static PythonScript start(String name, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON, "-"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process python = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream script = PythonScript.class.getResourceAsStream("/" + name);
                OutputStream standardInput = python.getOutputStream()) {
            script.transferTo(standardInput);
        }
        return new PythonScript(name, python);
    }

    /** Waits for the script's end. */
    Result end() throws InterruptedException, ExecutionException, TimeoutException {
        try {
            List<String> lines = output.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
            return new Result(python.waitFor(), lines);
        } catch (TimeoutException e) {
            throw new TimeoutException(name + " does not end");
        }
    }

    /** Ends the script if it still runs. */
    @Override
    public void close() {
        python.destroy();
    }

    private static List<String> lines(Process python) {
        try (InputStream said = python.getInputStream()) {
            return new String(said.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
