package io.github.camelfifo.soak;

import io.github.camelfifo.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

/** A route that writes into a FIFO, with senders, and readers that come and go one after the other. */
final class ProducerLane extends Lane {

    private static final int MOST_SENDERS = 3;
    private static final int MOST_FRAMES = 100;
    private static final int MOST_AT_ONCE = 5;
    private static final int LONGEST_FILLER = 300;
    /** A sender does not wait for a route that is stopped. */
    private static final String DIRECT_OPTIONS = "?block=false";

    private final Wire wire;
    /** Whether the FIFO is held open, so that the route may stop while nobody reads. */
    private final boolean held;

    private final Path fifo;
    private final PipeReaders readers;

    ProducerLane(Soak soak, String name, long seed, Wire wire, boolean held) {
        super(soak, name, seed);
        this.wire = wire;
        this.held = held;
        this.fifo = fifo("");
        this.readers = new PipeReaders(
                soak, fifo, new WireTexts(wire, text -> ledger.received(text, false)), random.nextLong());
    }

    @Override
    void start() throws Exception {
        if (held) {
            holdOpen(fifo);
        }
        addRoute(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:" + name() + DIRECT_OPTIONS)
                        .routeId(name())
                        .to("fifo:" + fifo + "?readerTimeout=0&writeTimeout=0&" + wire.options());
            }
        });
        if (wire == Wire.SESSION) {
            readers.beginProcess("while :; do cat \"$1\" >> \"$2\"; done");
        }
    }

    @Override
    void event() throws Exception {
        reap();
        int event = random.nextInt(100);
        if (event < 40) {
            beginSender();
        } else if (wire == Wire.SESSION) {
            // its one reader stays
            beginSender();
        } else if (event < 70) {
            readers.beginInJvm();
        } else if (event < 80) {
            // one process, so that nothing of it is left when it is killed
            readers.beginProcess("exec dd \"if=$1\" bs=512 count=50 status=none >> \"$2\"");
        } else if (held && (event < 90 || readers.isReading())) {
            stopOrStart(name());
        }
    }

    private void beginSender() {
        if (inJvmCount() < MOST_SENDERS) {
            int count = 1 + random.nextInt(wire == Wire.SESSION ? MOST_AT_ONCE : MOST_FRAMES);
            long seed = random.nextLong();
            run(() -> send(count, new Random(seed)));
        }
    }

    private void send(int count, Random choices) throws Exception {
        int writer = ledger.newWriter();
        try (ProducerTemplate template = soak.context().createProducerTemplate()) {
            for (int number = 1; number <= count; ) {
                int last = Math.min(count, number + choices.nextInt(MOST_AT_ONCE));
                sendFrames(template, writer, number, wire.hasFrames() ? last : number, choices);
                number = (wire.hasFrames() ? last : number) + 1;
            }
        } finally {
            ledger.hasEnded(writer);
        }
    }

    private void sendFrames(ProducerTemplate template, int writer, int first, int last, Random choices) {
        List<String> bodies = new ArrayList<>();
        for (int number = first; number <= last; number++) {
            bodies.add(wire.body(writer, number, choices.nextInt(LONGEST_FILLER)));
        }
        ledger.attempts(writer, last);
        boolean sent = isSent(template, bodies.size() == 1 ? bodies.get(0) : bodies);
        for (int number = first; number <= last; number++) {
            if (sent) {
                ledger.hasWritten(writer, number);
            } else {
                ledger.hasFailed(writer, number);
            }
        }
        if (!sent) {
            soak.pause();
        }
    }

    private boolean isSent(ProducerTemplate template, Object body) {
        try {
            Exchange exchange = template.send(
                    "direct:" + name() + DIRECT_OPTIONS,
                    unsent -> unsent.getMessage().setBody(body));
            return exchange.getException() == null;
        } catch (RuntimeException e) {
            // the context is stopped just now
            return false;
        }
    }

    @Override
    void allOn() throws Exception {
        on(name());
    }

    @Override
    void reap() throws Exception {
        super.reap();
        readers.reap();
    }

    /** What nobody has read is gone when the route stops, and what waits for room holds it up. */
    @Override
    boolean mustSettleFirst() {
        return true;
    }

    /** To be asked again and again: a reader comes when there is none. */
    @Override
    boolean isSettled() throws Exception {
        boolean settled = super.isSettled();
        if (!settled) {
            readers.beginInJvm();
            if (held) {
                readers.wakeProcess();
            }
        } else if (wire != Wire.SESSION) {
            readers.end();
        }
        return settled;
    }

    @Override
    void close() throws Exception {
        readers.end();
        super.close();
    }
}
