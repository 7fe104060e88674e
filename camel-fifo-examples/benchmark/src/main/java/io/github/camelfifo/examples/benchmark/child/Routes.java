package io.github.camelfifo.examples.benchmark.child;

import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** Camel as everybody starts it. */
final class Routes {

    private Routes() {}

    /** Started, with one route. */
    static CamelContext start(String from, Processor processor) throws Exception {
        CamelContext camel = new DefaultCamelContext();
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).routeId("route").process(processor);
            }
        });
        camel.start();
        return camel;
    }
}
