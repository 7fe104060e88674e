package io.github.camelfifo.soak;

import io.github.camelfifo.testing.NumberedFrame;
import io.github.camelfifo.testing.Wire;
import java.nio.file.Path;
import java.util.Random;
import org.apache.camel.builder.RouteBuilder;

/** A route from one FIFO to another, and one that consumes that. */
final class RelayLane extends Lane {

    private static final int MOST_WRITERS = 3;
    private static final int MOST_FRAMES = 200;

    private final Path first;
    private final Path second;

    RelayLane(Soak soak, String name, long seed) {
        super(soak, name, seed);
        first = fifo("-first");
        second = fifo("-second");
    }

    @Override
    void start() throws Exception {
        holdOpen(first);
        holdOpen(second);
        addRoute(new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + first)
                        .routeId(name() + "-first")
                        .onException(Exception.class)
                        .process(exchange -> {
                            NumberedFrame frame =
                                    NumberedFrame.parse(exchange.getMessage().getBody());
                            ledger.mayBeMissing(frame.writer(), frame.number());
                        })
                        .end()
                        .to("fifo:" + second + "?framing=DELIMITED&delimiter=|end|&writeTimeout=0");
                from("fifo:" + second + "?framing=DELIMITED&delimiter=|end|")
                        .routeId(name() + "-second")
                        .process(exchange ->
                                ledger.received(exchange.getMessage().getBody(String.class), false));
            }
        });
    }

    @Override
    void event() throws Exception {
        reap();
        // otherwise the first route's exchange may find the second FIFO full for as long as Camel waits for it
        boolean flows = status(name() + "-second").isStarted();
        int event = random.nextInt(100);
        if (event < 50) {
            beginWriter();
        } else if (event < 75 && flows) {
            suspendOrResume(name() + "-first");
        } else if (event < 85 && flows) {
            stopOrStart(name() + "-first");
        } else if (event < 95) {
            suspendOrResume(name() + "-second");
        } else {
            stopOrStart(name() + "-second");
        }
    }

    /** What is to be written when the second route has stopped would find the second FIFO full. */
    @Override
    boolean mustSettleFirst() {
        return true;
    }

    private void beginWriter() {
        if (inJvmCount() < MOST_WRITERS) {
            int count = random.nextInt(MOST_FRAMES);
            JvmWriter writer = new JvmWriter(soak, ledger, first, Wire.LINES, new Random(random.nextLong()));
            run(() -> writer.writeFrames(count, false));
        }
    }

    @Override
    void allOn() throws Exception {
        on(name() + "-first");
        on(name() + "-second");
    }
}
