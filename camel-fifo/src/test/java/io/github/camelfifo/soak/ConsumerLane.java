package io.github.camelfifo.soak;

import io.github.camelfifo.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;

/** A route that consumes a FIFO, with writers that come, go and are killed. */
final class ConsumerLane extends Lane {

    private static final int MOST_WRITERS = 3;
    private static final int MOST_FRAMES = 200;

    /** What the route does with an exchange. */
    enum Work {
        AT_ONCE,
        /** On another thread; the route gives control back meanwhile. */
        ON_ANOTHER_THREAD,
        /** It fails at times, and is tried again. */
        FAILING
    }

    private static final int FAILURES_IN = 10;

    private final Wire wire;
    private final String furtherOptions;
    private final Work work;
    /** One writer at a time, in pieces; otherwise several, each frame with one write(2). */
    private final boolean inPieces;
    /** While the route is stopped, nobody else has the FIFO open for reading. */
    private final boolean routeHoldsOpen;

    private final Path fifo;
    private final WireTexts stream;
    private final List<ProcessWriter> processes = new ArrayList<>();

    ConsumerLane(Soak soak, String name, long seed, Wire wire, String furtherOptions, boolean inPieces, Work work) {
        super(soak, name, seed);
        this.wire = wire;
        this.furtherOptions = furtherOptions;
        this.inPieces = inPieces;
        this.work = work;
        this.routeHoldsOpen = furtherOptions.contains("holdOpen=true");
        this.fifo = fifo("");
        this.stream = new WireTexts(wire, text -> ledger.received(text, false));
    }

    @Override
    void start() throws Exception {
        if (!routeHoldsOpen) {
            holdOpen(fifo);
        }
        addRoute();
    }

    /** Bytes that nobody has read go when the context lets go of the FIFO. */
    @Override
    boolean mustSettleFirst() {
        return routeHoldsOpen;
    }

    private void addRoute() throws Exception {
        addRoute(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                RouteDefinition route = from("fifo:" + fifo + "?exceptionHandler=#quiet&" + wire.options()
                                + furtherOptions)
                        .routeId(name());
                if (work == Work.ON_ANOTHER_THREAD) {
                    route.threads(1, 1);
                }
                route.process(ConsumerLane.this::receive);
            }
        });
    }

    private void receive(Exchange exchange) {
        if (work == Work.FAILING && ThreadLocalRandom.current().nextInt(FAILURES_IN) == 0) {
            throw new IllegalStateException("Fails at times");
        }
        if (wire.hasFrames()) {
            receiveFrames(exchange);
        } else {
            byte[] bytes = exchange.getMessage().getBody(byte[].class);
            stream.add(bytes, bytes.length);
        }
    }

    @Override
    void event() throws Exception {
        reap();
        int event = random.nextInt(100);
        if (event < 45) {
            beginWriter();
        } else if (event < 55) {
            beginProcess();
        } else if (event < 60) {
            killProcess();
        } else if (event < 65) {
            beginHalf();
        } else if (event < 80) {
            stopOrStart(name());
        } else if (event < 97) {
            suspendOrResume(name());
        } else {
            replaceRoute();
        }
    }

    private boolean hasRoomForWriter() {
        return inJvmCount() + processes.size() < (inPieces ? 1 : MOST_WRITERS);
    }

    private void beginWriter() {
        if (hasRoomForWriter()) {
            int count = random.nextInt(MOST_FRAMES);
            JvmWriter writer = writer();
            run(() -> writer.writeFrames(count, inPieces));
        }
    }

    private void beginProcess() {
        if (hasRoomForWriter() && ProcessWriter.canWrite(wire, soak)) {
            processes.add(new ProcessWriter(soak, ledger, fifo, wire, 1 + random.nextInt(MOST_FRAMES)));
        }
    }

    private void killProcess() {
        if (!processes.isEmpty()) {
            processes.get(0).kill();
        }
    }

    /** Only where the next frame's beginning can be told from it. */
    private void beginHalf() {
        if (hasRoomForWriter() && (wire == Wire.LINES || wire == Wire.DELIMITED)) {
            JvmWriter writer = writer();
            run(writer::writeHalf);
        }
    }

    private JvmWriter writer() {
        return new JvmWriter(soak, ledger, fifo, wire, new java.util.Random(random.nextLong()));
    }

    /**
     * Not in the middle of a frame, whose beginning would go with the endpoint, nor suspended: what a suspended route has
     * read would go too.
     */
    private void replaceRoute() throws Exception {
        if (!inPieces && wire.hasFrames()) {
            on(name());
            remove(name());
            addRoute();
        }
    }

    @Override
    void allOn() throws Exception {
        on(name());
    }

    @Override
    void reap() throws Exception {
        super.reap();
        for (ProcessWriter each : List.copyOf(processes)) {
            if (!each.isAlive()) {
                processes.remove(each);
                each.close();
            }
        }
    }

    @Override
    boolean isSettled() throws Exception {
        return super.isSettled() && processes.isEmpty();
    }

    @Override
    void close() throws Exception {
        processes.forEach(ProcessWriter::close);
        super.close();
    }
}
