package io.github.camelfifo.examples.kafka;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/** What is at the ends of the pipes in a test: contexts with a route, and shells. */
final class Ends {

    /** How long an impatient client tries. */
    static final int SHORT_MILLIS = 300;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    void start(RouteBuilder routes) throws Exception {
        start(context(), routes);
    }

    void start(CamelContext context, RouteBuilder routes) throws Exception {
        context.addRoutes(routes);
        context.start();
    }

    /** Its Kafka clients give up soon, unless the endpoint says otherwise. */
    CamelContext impatient() {
        CamelContext context = context();
        KafkaConfiguration settings =
                context.getComponent("kafka", KafkaComponent.class).getConfiguration();
        settings.setMaxBlockMs(SHORT_MILLIS);
        settings.setDeliveryTimeoutMs(SHORT_MILLIS);
        settings.setRequestTimeoutMs(SHORT_MILLIS);
        return context;
    }

    private CamelContext context() {
        CamelContext context = opened(new DefaultCamelContext());
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeFailedEvent) {
                    failures.incrementAndGet();
                }
            }
        });
        return context;
    }

    ChildProcess sender(Broker broker, Topic topic, Path pipe) throws IOException {
        return opened(
                ChildProcess.java(Scenario.SMALL_JVM, Sender.class, line -> {}, broker.address(), topic.name(), pipe));
    }

    ChildProcess reader(Path pipe) throws IOException {
        return opened(ChildProcess.sh("read.sh", line -> {}, pipe));
    }

    void hold(Path pipe) throws Exception {
        opened(ChildProcess.sh("hold.sh", line -> {}, pipe)).awaitLine("holding"::equals);
    }

    /** With the arguments of {@code write.sh}. */
    ChildProcess writer(Object... arguments) throws IOException {
        return opened(ChildProcess.sh("write.sh", line -> {}, arguments));
    }

    /** How many exchanges have failed, in all contexts. */
    int failures() {
        return failures.get();
    }

    void closeAll() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T opened(T opening) {
        opened.add(opening);
        return opening;
    }
}
