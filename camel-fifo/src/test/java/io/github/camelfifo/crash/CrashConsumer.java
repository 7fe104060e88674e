package io.github.camelfifo.crash;

import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.NumberedFrame;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A JVM that consumes FIFOs and writes the number of each frame that it has processed to a file, one write for each
 * exchange. Its arguments are, for each FIFO, the URI, the file, and how many microseconds an exchange takes.
 */
public final class CrashConsumer {

    private static final int ARGUMENTS_EACH = 3;

    /** Stands in the file for a frame that is not whole. */
    static final String TORN = "torn";

    private CrashConsumer() {}

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        for (int i = 0; i < arguments.length; i += ARGUMENTS_EACH) {
            String uri = arguments[i];
            Processor journal = new Journal(arguments[i + 1], Integer.parseInt(arguments[i + 2]));
            RouteBuilder.addRoutes(context, routes -> routes.from(uri).process(journal));
        }
        context.start();
        JavaProcess.awaitParent();
        Runtime.getRuntime().halt(0);
    }

    private static final class Journal implements Processor {

        private final OutputStream file;
        private final long pauseNanos;

        Journal(String file, int pauseMicros) throws IOException {
            this.file = new FileOutputStream(file, true);
            this.pauseNanos = pauseMicros * 1000L;
        }

        @Override
        public void process(Exchange exchange) throws IOException {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            Object body = exchange.getMessage().getBody();
            StringBuilder entries = new StringBuilder();
            for (Object each : body instanceof List<?> batch ? batch : List.of(body)) {
                NumberedFrame frame = NumberedFrame.parse(each);
                entries.append(frame == null ? TORN : frame.number()).append('\n');
            }
            file.write(entries.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }
}
