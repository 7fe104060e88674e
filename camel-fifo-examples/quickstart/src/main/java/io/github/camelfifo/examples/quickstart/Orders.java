package io.github.camelfifo.examples.quickstart;

import io.github.camelfifo.pipe.UndeliveredException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** The route: an order comes in as a line of one named pipe, its invoice goes out as a line of another. */
final class Orders extends RouteBuilder {

    private static final Pattern ORDER = Pattern.compile("order (\\d+): (\\d{1,9}) x (\\d{1,9})");

    private final Path orders;
    private final Path invoices;
    private final Consumer<String> whenReceived;

    /**
     * A route from one pipe to the other; the component makes both when it starts and removes them when it stops.
     *
     * @param whenReceived gets each line that Camel gets
     */
    Orders(Path orders, Path invoices, Consumer<String> whenReceived) {
        this.orders = orders;
        this.invoices = invoices;
        this.whenReceived = whenReceived;
    }

    @Override
    public void configure() {
        onException(UndeliveredException.class)
                .handled(true)
                .log(LoggingLevel.WARN, "orders", "Nobody has got \"${body}\": ${exception.message}");

        // An invoice waits for a reader as long as it takes; meanwhile, further orders wait in their pipe.
        from("fifo:" + orders + "?deleteOnStop=true")
                .routeId("orders")
                .process(exchange -> whenReceived.accept(exchange.getIn().getBody(String.class)))
                .transform()
                .body(String.class, Orders::invoice)
                .to("fifo:" + invoices + "?deleteOnStop=true&readerTimeout=0");
    }

    /** The invoice for an order such as {@code order 1: 3 x 25}; for any other line, one that says so. */
    static String invoice(String line) {
        Matcher order = ORDER.matcher(line);
        if (!order.matches()) {
            return "not an order: " + line;
        }
        long amount = Long.parseLong(order.group(2)) * Long.parseLong(order.group(3));
        return "invoice " + order.group(1) + ": " + amount;
    }
}
