package io.github.camelfifo;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.Faults;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A program of its own that prints the lines of a folder's FIFOs, until one says {@code end}. */
public final class FolderReader {

    private static final int PRETENDED = 3;

    private FolderReader() {}

    /** The first FIFO cannot be opened a few times: loads all classes that are needed when there are no descriptors. */
    private static void pretend(Faults faults) {
        AtomicInteger failed = new AtomicInteger();
        faults.instead(
                "open",
                call -> call.argument(0).toString().endsWith("first.fifo") && failed.incrementAndGet() <= PRETENDED
                        ? call.fail(Errno.EMFILE)
                        : call.proceed());
    }

    /** With the endpoint's URI. */
    public static void main(String[] arguments) throws Exception {
        Thread main = Thread.currentThread();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            Faults faults = new Faults();
            context.addComponent("fifo", new WatchedComponent(faults.posix()));
            pretend(faults);
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from(arguments[0]).process(exchange -> {
                        String line = exchange.getMessage().getBody(String.class);
                        System.out.println(line);
                        if (line.equals("end")) {
                            main.interrupt();
                        }
                    }));
            context.start();
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            System.out.println("ended");
        }
    }
}
