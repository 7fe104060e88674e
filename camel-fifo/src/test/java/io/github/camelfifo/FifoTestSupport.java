package io.github.camelfifo;

import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.OpenedResources;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * For each test an empty folder and a Camel context that is not started yet. What a test opens it hands to
 * {@link #closing}: it is closed at the end, the last one first, before the context stops.
 */
@ExtendWith(LeakCheck.class)
abstract class FifoTestSupport {

    /** Enough for whatever a stop has to process on a machine that is busy otherwise. */
    private static final long SHUTDOWN_SECONDS = 60;

    static {
        // only a test that fails waits for so long, or one on a machine that has no time for it
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    final DefaultCamelContext context = new DefaultCamelContext();

    private final OpenedResources opened = new OpenedResources();

    @BeforeEach
    void limitTheShutdown() {
        context.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
    }

    @AfterEach
    void closeEverything() throws Exception {
        try (context) {
            opened.closeAll();
        }
    }

    /** Closes it when the test ends. */
    final <T extends AutoCloseable> T closing(T resource) {
        return opened.add(resource);
    }

    /** Adds routes. */
    final void routes(LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
    }

    /** Starts the context with these routes. */
    final void start(LambdaRouteBuilder routes) throws Exception {
        routes(routes);
        context.start();
    }

    /** Starts a shell that ends with the test. The script finds the arguments as {@code "$1"}, {@code "$2"} ... */
    final ShellProcess sh(String script, Object... arguments) {
        return closing(ShellProcess.sh(script, arguments));
    }

    /** Opens the FIFO for writing; there has to be a reader. */
    final PipeEnd writer(Path fifo) throws Exception {
        return closing(PipeEnd.writing(fifo));
    }

    /** Opens the FIFO for writing as soon as it has a reader. */
    final PipeEnd awaitWriter(Path fifo) {
        return closing(
                Soon.await().ignoreException(ErrnoException.class).until(() -> PipeEnd.writing(fifo), end -> true));
    }

    /** Opens the FIFO for reading. */
    final PipeEnd reader(Path fifo) throws Exception {
        return closing(PipeEnd.reading(fifo));
    }

    /** A writer that opens, writes and closes. */
    static void write(Path fifo, String text) throws Exception {
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(text);
        }
    }

    /** The endpoint's URI, its options as in {@code "framing=CHUNKS&chunkSize=1k"}, or none. */
    static String uri(Path fifo, String... options) {
        return "fifo:" + fifo + (options.length == 0 ? "" : "?" + String.join("&", options));
    }

    /** A FIFO's endpoint that the context already has. */
    final FifoEndpoint endpoint(String uri) {
        return context.getEndpoint(uri, FifoEndpoint.class);
    }

    /** How long it takes, in milliseconds. */
    static long millis(Step step) throws Exception {
        long begin = System.nanoTime();
        step.run();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    /** Something a test does. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }
}
