package io.github.camelfifo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;

/** A program of its own that reads a folder of FIFOs: prints the lines, and the changes of its health. */
public final class FolderReader {

    private FolderReader() {}

    /** With the URI, and how long each exchange takes, in microseconds; runs until it is killed. */
    public static void main(String[] arguments) throws Exception {
        long pauseNanos = TimeUnit.MICROSECONDS.toNanos(Long.parseLong(arguments[1]));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from(arguments[0]).routeId("folder").process(exchange -> {
                        System.out.println("line " + exchange.getMessage().getBody(String.class));
                        LockSupport.parkNanos(pauseNanos);
                    }));
            context.start();
            FifoConsumer consumer = (FifoConsumer) context.getRoute("folder").getConsumer();
            String before = "";
            while (true) {
                HealthCheck.Result result = consumer.getHealthCheck().call();
                String now = result.getState() + " " + result.getMessage().orElse("");
                if (!now.equals(before)) {
                    System.out.println(now);
                    before = now;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
        }
    }
}
