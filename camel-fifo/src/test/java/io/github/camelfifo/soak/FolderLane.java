package io.github.camelfifo.soak;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.testing.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** A route that reads a folder of FIFOs, which come, go and change their names while writers write into them. */
final class FolderLane extends Lane {

    private static final int MOST_FIFOS = 12;
    private static final int MOST_WRITERS = 6;
    private static final int MOST_FRAMES = 200;
    private static final Wire WIRE = Wire.LINES;

    private final String furtherOptions;
    private final Path in;
    /** Those in the folder. */
    private final List<Member> there = new ArrayList<>();
    /** Those that have left the folder, until all that was written into them has come. */
    private final List<Member> leaving = new ArrayList<>();
    /** Everyone by all names that it ever had. */
    private final Map<String, Member> byName = new ConcurrentHashMap<>();

    private int names;

    /** One FIFO. */
    private static final class Member {
        private Path path;
        private Descriptor held;
        private final AtomicInteger writers = new AtomicInteger();
        private final AtomicLong written = new AtomicLong();
        private final AtomicLong received = new AtomicLong();
        /** Whether the route has it open since its last start. */
        private volatile boolean isRead;

        boolean isDone() {
            return writers.get() == 0 && received.get() == written.get();
        }
    }

    FolderLane(Soak soak, String name, long seed, String furtherOptions) {
        super(soak, name, seed);
        this.furtherOptions = furtherOptions;
        this.in = soak.folder().path(name);
    }

    @Override
    void start() throws Exception {
        Files.createDirectory(in);
        addRoute();
        make();
    }

    private void addRoute() throws Exception {
        addRoute(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("fifo:" + in + "?include=*.fifo&checkInterval=100&exceptionHandler=#quiet&" + WIRE.options()
                                + furtherOptions)
                        .routeId(name())
                        .process(FolderLane.this::receive);
            }
        });
    }

    private void receive(Exchange exchange) {
        Member member = byName.get(exchange.getMessage().getHeader(FifoConstants.NAME, String.class));
        if (member == null) {
            ledger.problem("of no FIFO: " + exchange.getMessage().getHeaders());
            return;
        }
        member.isRead = true;
        receiveFrames(exchange);
        Object body = exchange.getMessage().getBody();
        member.received.addAndGet(body instanceof List<?> batch ? batch.size() : 1);
    }

    @Override
    void event() throws Exception {
        reap();
        int event = random.nextInt(100);
        if (event < 40) {
            beginWriter();
        } else if (event < 50) {
            make();
        } else if (event < 60) {
            rename();
        } else if (event < 70) {
            remove();
        } else if (event < 90) {
            suspendOrResume(name());
        } else if (leaving.isEmpty()) {
            // nobody could open again what has left the folder
            there.forEach(each -> each.isRead = false);
            stopOrReplace();
        }
    }

    private void stopOrReplace() throws Exception {
        if (random.nextBoolean()) {
            stopOrStart(name());
        } else {
            on(name());
            remove(name());
            addRoute();
        }
    }

    private void make() throws IOException {
        if (there.size() < MOST_FIFOS) {
            Member member = new Member();
            Path made = soak.folder().fifo(name() + "-" + names);
            member.held = holdOpen(made);
            move(member, made);
            there.add(member);
        }
    }

    private void rename() throws IOException {
        if (!there.isEmpty()) {
            Member member = any();
            move(member, member.path);
        }
    }

    private void move(Member member, Path from) throws IOException {
        Path to = in.resolve(names++ + ".fifo");
        byName.put(to.getFileName().toString(), member);
        Files.move(from, to);
        member.path = to;
    }

    private void remove() throws IOException {
        Member member = there.isEmpty() ? null : any();
        if (member != null && member.isRead && status(name()).isStarted()) {
            there.remove(member);
            leaving.add(member);
            Files.delete(member.path);
        }
    }

    private Member any() {
        return there.get(random.nextInt(there.size()));
    }

    private void beginWriter() throws ErrnoException {
        if (!there.isEmpty() && inJvmCount() < MOST_WRITERS) {
            Member member = any();
            int count = random.nextInt(MOST_FRAMES);
            JvmWriter writer = new JvmWriter(soak, ledger, member.held, WIRE, new Random(random.nextLong()));
            member.writers.incrementAndGet();
            run(() -> {
                try {
                    writer.writeFrames(count, false);
                    member.written.addAndGet(count);
                } finally {
                    member.writers.decrementAndGet();
                }
            });
        }
    }

    @Override
    void reap() throws Exception {
        super.reap();
        for (Member each : List.copyOf(leaving)) {
            if (each.isDone()) {
                leaving.remove(each);
                byName.values().removeIf(each::equals);
                release(each.held);
            }
        }
    }

    /** What has left the folder could not be opened again. */
    @Override
    boolean mustSettleFirst() {
        return true;
    }

    @Override
    boolean isSettled() throws Exception {
        return super.isSettled() && leaving.isEmpty();
    }

    @Override
    void allOn() throws Exception {
        on(name());
    }
}
