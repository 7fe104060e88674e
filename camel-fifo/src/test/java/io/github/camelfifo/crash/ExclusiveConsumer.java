package io.github.camelfifo.crash;

import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.NumberedFrame;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A JVM that consumes a FIFO, alone or standing by, and adds each frame to a file that all such JVMs write, as a line with
 * its process id, the frame's number and the time. A SIGTERM stops its context. Its arguments are the URI, the file, and
 * how many microseconds an exchange takes.
 */
public final class ExclusiveConsumer {

    private ExclusiveConsumer() {}

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getShutdownStrategy().setTimeout(60);
        Processor journal = new Journal(arguments[1], Long.parseLong(arguments[2]));
        RouteBuilder.addRoutes(
                context, routes -> routes.from(arguments[0]).routeId("route").process(journal));
        Runtime.getRuntime().addShutdownHook(new Thread(context::stop));
        context.start();
        System.out.println("started");
        JavaProcess.awaitParent();
        // whoever sends the signal closes the input too: the stop goes on to its end
        System.exit(0);
    }

    private static final class Journal implements Processor {

        private final String pid = ProcessHandle.current().pid() + " ";
        private final OutputStream file;
        private final long pauseNanos;

        Journal(String file, long pauseMicros) throws IOException {
            this.file = new FileOutputStream(file, true);
            this.pauseNanos = pauseMicros * 1000L;
        }

        @Override
        public void process(Exchange exchange) throws IOException {
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            NumberedFrame frame = NumberedFrame.parse(exchange.getMessage().getBody());
            String number = frame == null ? CrashConsumer.TORN : String.valueOf(frame.number());
            file.write((pid + number + " " + System.nanoTime() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
    }
}
