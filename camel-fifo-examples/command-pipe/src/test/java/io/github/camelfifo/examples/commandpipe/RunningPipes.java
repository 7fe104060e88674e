package io.github.camelfifo.examples.commandpipe;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.main.Main;

/** The program of the example as it runs, with this JVM in the place of the shell. */
final class RunningPipes implements AutoCloseable {

    private static final String END = "end of the test";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Pipes pipes;
    private final Main camel;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private RandomAccessFile listening;

    RunningPipes(Path folder) throws Exception {
        pipes = new Pipes(folder);
        camel = pipes.program(received::add);
        camel.start();
    }

    Pipes pipes() {
        return pipes;
    }

    Main camel() {
        return camel;
    }

    List<String> received() {
        return received;
    }

    /** From now on somebody has the answers' pipe open for reading. */
    RunningPipes listening() throws IOException {
        listening = new RandomAccessFile(pipes.answers().toFile(), "rw");
        Thread listener = new Thread(this::listen, "answers");
        listener.setDaemon(true);
        listener.start();
        return this;
    }

    private void listen() {
        try {
            for (String line = listening.readLine(); !line.equals(END); line = listening.readLine()) {
                answers.add(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens the control's pipe, writes, and closes it. */
    void write(byte... bytes) throws IOException {
        Files.write(pipes.control(), bytes, StandardOpenOption.WRITE);
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for the next answer; null when none comes. */
    String answer() throws InterruptedException {
        return answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    String ask(String line) throws IOException, InterruptedException {
        write(line + "\n");
        return answer();
    }

    ServiceStatus status(String route) {
        return camel.getCamelContext().getRouteController().getRouteStatus(route);
    }

    void awaitStatus(String route, ServiceStatus expected) {
        await().atMost(PATIENCE).until(() -> status(route) == expected);
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        if (listening != null) {
            // it has the pipe open for writing, too
            listening.writeBytes(END + "\n");
        }
    }
}
