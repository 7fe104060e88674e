package io.github.camelfifo.crash;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.testing.JavaProcess;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A JVM that consumes a FIFO with one worker, writes each line to a file when its exchange begins, and never comes back
 * from the exchange of one line. Its arguments are the URI, the file, that line, and whether exchanges end on another
 * thread.
 */
public final class HangingConsumer {

    private HangingConsumer() {}

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.getComponent("fifo", FifoComponent.class).setWorkerThreads(1);
        Hanging hanging = new Hanging(arguments[1], arguments[2], Boolean.parseBoolean(arguments[3]));
        RouteBuilder.addRoutes(context, routes -> routes.from(arguments[0]).process(hanging));
        context.start();
        JavaProcess.awaitParent();
        Runtime.getRuntime().halt(0);
    }

    private static final class Hanging extends AsyncProcessorSupport {

        private final OutputStream file;
        private final String hangs;
        private final boolean elsewhere;
        private final ExecutorService thread = Executors.newSingleThreadExecutor();

        Hanging(String file, String hangs, boolean elsewhere) throws IOException {
            this.file = new FileOutputStream(file, true);
            this.hangs = hangs;
            this.elsewhere = elsewhere;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (elsewhere) {
                thread.execute(() -> {
                    work(exchange);
                    callback.done(false);
                });
                return false;
            }
            work(exchange);
            callback.done(true);
            return true;
        }

        private void work(Exchange exchange) {
            String line = exchange.getMessage().getBody(String.class);
            try {
                file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                if (line.equals(hangs)) {
                    new CountDownLatch(1).await();
                }
            } catch (IOException | InterruptedException e) {
                exchange.setException(e);
            }
        }
    }
}
