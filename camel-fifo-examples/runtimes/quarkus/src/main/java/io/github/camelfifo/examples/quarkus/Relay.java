package io.github.camelfifo.examples.quarkus;

import org.apache.camel.builder.RouteBuilder;

/** The application: lines from one named pipe go to another. */
public class Relay extends RouteBuilder {

    @Override
    public void configure() {
        from("fifo:in").routeId("relay").to("fifo:out");
    }
}
