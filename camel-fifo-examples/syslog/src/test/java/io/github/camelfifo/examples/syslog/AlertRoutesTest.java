package io.github.camelfifo.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.Programs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The route without a daemon: what it does with lines that no daemon writes if all is well. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class AlertRoutesTest {

    private static final String RECORD =
            "{\"time\":\"2026-01-31T12:00:00Z\",\"severity\":\"%s\",\"host\":\"h\",\"program\":\"web\",\"message\":\"%s\"}\n";

    @TempDir
    private Path folder;

    private final BlockingQueue<LogRecord> received = new LinkedBlockingQueue<>();
    /** What the route has not handled, which is logged with a stack trace. */
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    private final CamelContext camel = new DefaultCamelContext();
    private Path records;
    private RandomAccessFile alerts;

    @BeforeEach
    void start() throws Exception {
        records = Programs.mkfifo(folder.resolve("records"));
        Path pipe = Programs.mkfifo(folder.resolve("alerts"));
        // for reading and writing, as daemons have it
        alerts = new RandomAccessFile(pipe.toFile(), "rw");
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent failed) {
                    failures.add(failed.getCause());
                }
            }
        });
        camel.addRoutes(new AlertRoutes(records, pipe, new FailureRate(2, Duration.ofMinutes(1)), received::add));
        camel.start();
    }

    @AfterEach
    void stop() throws IOException {
        camel.stop();
        alerts.close();
    }

    private void write(String text) throws IOException {
        Files.writeString(records, text);
    }

    private LogRecord next() throws InterruptedException {
        return received.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void aLineThatIsNoRecordIsLeftOutAndTheNextOneIsRead() throws Exception {
        write("null\n{\"time\":\"2026-01-31T12\n" + RECORD.formatted("info", "one") + "\n[1]\n{\"colour\":1}\n");
        write(RECORD.formatted("info", "two"));

        assertThat(next().message()).isEqualTo("one");
        assertThat(next().message()).isEqualTo("two");
        assertThat(received).isEmpty();
        assertThat(failures).isEmpty();
    }

    @Test
    void onlyErrorsAndWorseCount() throws Exception {
        for (String severity : new String[] {"warning", "notice", "err", "info", "debug", "crit"}) {
            write(RECORD.formatted(severity, severity));
        }

        assertThat(alerts.readLine()).isEqualTo("web: 2 failures within 60 s, the last: crit");
    }

    @Test
    void aMessageWithoutAProgramAndATextCountsToo() throws Exception {
        write("{\"severity\":\"err\"}\n");
        write("{\"time\":\"2026-01-31T12:00:00Z\",\"severity\":\"err\"}\n".repeat(2));

        assertThat(alerts.readLine()).isEqualTo(": 2 failures within 60 s, the last: ");
    }
}
