package io.github.camelfifo.examples.quickstart;

import java.io.BufferedReader;
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
import java.util.function.Consumer;

/**
 * A script that a real shell runs beside Camel. The two meet at the named pipes and nowhere else; what the script says on
 * its standard output is for people.
 */
final class ShellScript implements AutoCloseable {

    private static final long TIME_LIMIT_SECONDS = 60;

    private final String name;
    private final Process shell;
    private final CompletableFuture<String> lastLine;

    private ShellScript(String name, Process shell, Consumer<String> output) {
        this.name = name;
        this.shell = shell;
        this.lastLine = CompletableFuture.supplyAsync(
                () -> follow(shell, output), task -> new Thread(task, "output of " + name).start());
    }

    /**
     * Starts a shell with a script.
     *
     * @param name   a file on the class path
     * @param output gets each line that the script says, as soon as it does
     */
    static ShellScript start(String name, Consumer<String> output, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-s", "--"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process shell = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream script = ShellScript.class.getResourceAsStream("/" + name);
                OutputStream standardInput = shell.getOutputStream()) {
            script.transferTo(standardInput);
        }
        return new ShellScript(name, shell, output);
    }

    /** Waits for the script's end, and gives the last line that it said. */
    String lastLine() throws InterruptedException, ExecutionException, TimeoutException {
        String line = lastLine.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        int exitCode = shell.waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException(name + " ended with exit code " + exitCode);
        }
        return line;
    }

    /** Ends the script if it still runs. */
    @Override
    public void close() {
        shell.destroy();
    }

    private static String follow(Process shell, Consumer<String> output) {
        try (BufferedReader said = shell.inputReader(StandardCharsets.UTF_8)) {
            String last = "";
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                output.accept(line);
                last = line;
            }
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
