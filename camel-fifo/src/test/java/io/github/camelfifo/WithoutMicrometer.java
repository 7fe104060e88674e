package io.github.camelfifo;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What {@link MetersTest} runs in a JVM without Micrometer: a line goes through a FIFO from a producer to a consumer, and the
 * dev console shows both.
 */
final class WithoutMicrometer {

    private WithoutMicrometer() {}

    /** {@code PATH}. */
    public static void main(String[] arguments) throws Exception {
        Path fifo = Path.of(arguments[0]);
        CountDownLatch got = new CountDownLatch(1);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RouteBuilder.addRoutes(context, routes -> {
                routes.from("fifo:" + fifo).process(exchange -> {
                    System.out.println("got " + exchange.getMessage().getBody(String.class));
                    got.countDown();
                });
            });
            context.start();
            context.createProducerTemplate().sendBody("fifo:" + fifo, "line");
            if (!got.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no line");
            }
            Object text = Monitoring.devConsole(context).call(DevConsole.MediaType.TEXT);
            System.out.println("console shows " + text.toString().strip());
        }
    }
}
