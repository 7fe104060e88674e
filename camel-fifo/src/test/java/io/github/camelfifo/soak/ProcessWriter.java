package io.github.camelfifo.soak;

import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A process that writes frames into a FIFO, each with one write(2), and then into a file how many. It may be killed. */
final class ProcessWriter implements AutoCloseable {

    private static final String SHELL = """
            exec 3>"$1" 4>"$2"
            i=0
            while [ $i -lt "$4" ]; do
                i=$((i+1))
                printf "$5" "$3-$i" "$3-$i" >&3
                echo $i >&4
            done""";

    private static final String PYTHON = """
            import os, struct, sys
            pipe = os.open(sys.argv[1], os.O_WRONLY)
            log = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT)
            for i in range(1, int(sys.argv[4]) + 1):
                name = b'%s-%d' % (sys.argv[3].encode(), i)
                if sys.argv[5] == 'FIXED':
                    frame = name + b':' + b'x' * (98 - 2 * len(name)) + b':' + name
                elif sys.argv[5] == 'LENGTH_PREFIXED':
                    frame = struct.pack('>H', 2 * len(name) + 2) + name + b'::' + name
                else:
                    frame = name + b'::' + name + b'\\n'
                os.write(pipe, frame)
                os.write(log, b'%d\\n' % i)
            """;

    private final Ledger ledger;
    private final int writer;
    private final Path written;
    private final ShellProcess process;
    private boolean killed;

    ProcessWriter(Soak soak, Ledger ledger, Path fifo, Wire wire, int count) {
        this.ledger = ledger;
        this.writer = ledger.newWriter();
        this.written = soak.folder().path(fifo.getFileName() + "-" + writer);
        ledger.attempts(writer, count);
        process = start(fifo, wire, count, soak.hasPython());
    }

    /** Whether a frame of this kind can be written. */
    static boolean canWrite(Wire wire, Soak soak) {
        return soak.hasPython() || (wire != Wire.FIXED && wire != Wire.LENGTH_PREFIXED);
    }

    private ShellProcess start(Path fifo, Wire wire, int count, boolean hasPython) {
        return switch (wire) {
            case DELIMITED -> ShellProcess.sh(SHELL, fifo, written, writer, count, "%s::%s|end|");
            case FIXED, LENGTH_PREFIXED -> ShellProcess.python(PYTHON, fifo, written, writer, count, wire);
            default ->
                hasPython && count % 4 == 0
                        ? ShellProcess.python(PYTHON, fifo, written, writer, count, wire)
                        : ShellProcess.sh(SHELL, fifo, written, writer, count, "%s::%s\\n");
        };
    }

    void kill() {
        process.kill();
        killed = true;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Takes it to account, once it has ended. */
    @Override
    public void close() {
        killed |= process.isAlive();
        String errors = process.errorOutput();
        process.close();
        long count = count();
        ledger.attempts(writer, killed ? count + 1 : count);
        ledger.hasWritten(writer, count);
        ledger.hasEnded(writer);
        if (!errors.isEmpty()) {
            ledger.problem("a writer failed: " + errors);
        }
    }

    private long count() {
        try {
            List<String> lines = Files.exists(written) ? Files.readAllLines(written) : List.of();
            Files.deleteIfExists(written);
            return lines.isEmpty() ? 0 : Long.parseLong(lines.get(lines.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
