package io.github.camelfifo.examples.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** syslog-ng, which reads lines from a pipe and writes each into a file. */
final class SyslogNg implements Reader {

    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final Path log;
    private final long bytes;
    private final Process process;

    /**
     * Starts it.
     *
     * @param bytes how much it reads in one round
     */
    SyslogNg(Arena arena, Fifo fifo, long bytes) throws IOException {
        Programs.require("syslog-ng");
        this.bytes = bytes;
        log = arena.newPath("syslog-ng-log");
        Path configuration = arena.newPath("syslog-ng-conf");
        Files.writeString(configuration, """
                @version: 3.35
                source pipe { pipe("%s" flags(no-parse)); };
                destination file { file("%s" template("$MSG\\n")); };
                log { source(pipe); destination(file); flags(flow-control); };
                """.formatted(fifo.path(), log));
        Path state = Files.createDirectory(arena.newPath("syslog-ng-state"));
        process = Programs.quiet(List.of(
                "syslog-ng",
                "--foreground",
                "--no-caps",
                "--cfgfile=" + configuration,
                "--persist-file=" + state.resolve("persist"),
                "--pidfile=" + state.resolve("pid"),
                "--control=" + state.resolve("control")));
    }

    @Override
    public void begin() throws IOException {
        if (Files.exists(log)) {
            try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
        }
    }

    @Override
    public void awaitEnd() throws IOException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(Programs.PATIENCE_SECONDS);
        while (!Files.exists(log) || Files.size(log) < bytes) {
            if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                throw new TimeoutException("syslog-ng did not read to the end");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
