package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A {@code cat} for each pipe, which writes a file of lines into it, again and again: as many processes as pipes. */
final class Cats implements Writers {

    /** More than passes while it is looked at one pipe. */
    private static final int COPIES = 300;

    /** The pipes are {@code $2} and so on. */
    private static final String SCRIPT = """
            data=$0
            copies=$1
            shift
            files=
            while [ "$copies" -gt 0 ]; do files="$files $data"; copies=$((copies - 1)); done
            for pipe; do exec cat $files > "$pipe" & done
            echo started
            wait
            """;

    private final LineFile data;
    private final List<Path> fifos;
    private Process shell;

    Cats(LineFile data, List<Path> fifos) {
        this.data = data;
        this.fifos = fifos;
    }

    @Override
    public void begin() throws IOException {
        List<String> command = new ArrayList<>();
        Collections.addAll(command, "sh", "-c", SCRIPT, data.path().toString(), String.valueOf(COPIES));
        fifos.forEach(fifo -> command.add(fifo.toString()));
        shell = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // who is not there yet could not be ended
        if (shell.inputReader(StandardCharsets.UTF_8).readLine() == null) {
            throw new IOException("The writers could not be started");
        }
    }

    @Override
    public void awaitEnd() throws IOException, InterruptedException {
        long writing = shell.descendants().count();
        close();
        shell.waitFor();
        if (writing < fifos.size()) {
            throw new IOException("Only %d of %d writers went on to the end".formatted(writing, fifos.size()));
        }
    }

    @Override
    public void close() {
        if (shell != null) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }
}
