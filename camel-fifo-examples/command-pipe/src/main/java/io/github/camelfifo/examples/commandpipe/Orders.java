package io.github.camelfifo.examples.commandpipe;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.builder.RouteBuilder;

/** The route that is steered. */
final class Orders extends RouteBuilder {

    /** Its id. */
    static final String ID = "orders";

    private final Path orders;
    private final Consumer<String> whenReceived;

    /**
     * A route that reads a named pipe.
     *
     * @param whenReceived gets each line
     */
    Orders(Path orders, Consumer<String> whenReceived) {
        this.orders = orders;
        this.whenReceived = whenReceived;
    }

    @Override
    public void configure() {
        // holdOpen: what is written while the route is stopped waits in the pipe
        from("fifo:" + orders + "?holdOpen=true")
                .routeId(ID)
                .process(exchange -> whenReceived.accept(exchange.getMessage().getBody(String.class)));
    }
}
