package io.github.camelfifo;

import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.event.RouteStoppedEvent;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What {@link AnonymousPipeTest} runs at one end of a shell's pipes: copies lines until there are no more. */
final class AnonymousPipe {

    private AnonymousPipe() {}

    /** From the first URI to the second. */
    public static void main(String[] arguments) throws Exception {
        CountDownLatch stopped = new CountDownLatch(1);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    if (event instanceof RouteStoppedEvent) {
                        stopped.countDown();
                    }
                }
            });
            RouteBuilder.addRoutes(context, routes -> routes.from(arguments[0]).to(arguments[1]));
            context.start();
            stopped.await();
        }
    }
}
