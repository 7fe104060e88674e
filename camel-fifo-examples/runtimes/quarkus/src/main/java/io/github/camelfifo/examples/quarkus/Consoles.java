package io.github.camelfifo.examples.quarkus;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.json.Jsonable;

/** The developer consoles for a shell: a line with a console's name goes in, a line of JSON comes out. */
public class Consoles extends RouteBuilder {

    @Override
    public void configure() {
        from("fifo:console?replyTo=answer").routeId("consoles").process(Consoles::answer);
    }

    private static void answer(Exchange exchange) {
        Message message = exchange.getMessage();
        DevConsole console = find(exchange.getContext(), message.getBody(String.class));
        message.setBody(console == null ? "no such console" : ((Jsonable) console.call(MediaType.JSON)).toJson());
    }

    private static DevConsole find(CamelContext context, String name) {
        return context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById(name);
    }
}
