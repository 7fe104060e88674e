package io.github.camelfifo;

import io.github.camelfifo.testing.CallSites;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Route;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ExceptionHandler;

/** A context, a route and a FIFO of which the system calls are watched, for one play of a {@link FaultPlay} or two. */
final class FaultStage implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    /** For what comes at once on a machine that has time for it, and for what comes after a timeout of ten seconds. */
    static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Something that a play was waiting for has not come. */
    static final class NotInTime extends Exception {
        private static final long serialVersionUID = 1L;

        NotInTime(String what) {
            super(what);
        }
    }

    /** Something could not be done, and somebody was told. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String what, Throwable reason) {
            super(what, reason);
        }
    }

    /** Other bytes have come than should have. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String what) {
            super(what);
        }
    }

    private final String id = "fault" + COUNT.incrementAndGet() + "x";
    private final CallSites calls = new CallSites();
    private final List<Throwable> handled = new CopyOnWriteArrayList<>();
    private final List<Throwable> refused = new CopyOnWriteArrayList<>();
    private final List<PipeEnd> ends = new ArrayList<>();
    private final Lines received = new Lines();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Path folder;
    private AsyncProducer entry;
    private boolean stale;

    FaultStage() throws Exception {
        folder = Files.createTempDirectory(id);
        context.disableJMX();
        context.getCamelContextExtension().setName(id);
        context.getShutdownStrategy().setTimeout(10);
        context.addComponent("fifo", new WatchedComponent(calls.faults().posix()));
        context.getRegistry().bind("handler", new Handler());
        context.start();
    }

    /** Marks all that this stage logs: in paths, and in the names of threads. */
    String id() {
        return id;
    }

    CallSites calls() {
        return calls;
    }

    DefaultCamelContext context() {
        return context;
    }

    /** What has reached the consumer's exception handler. */
    List<Throwable> handled() {
        return handled;
    }

    /** What the play itself was told, and went on. */
    List<Throwable> refused() {
        return refused;
    }

    Lines received() {
        return received;
    }

    /** Where the FIFO is, once it was made. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** Starts routes; makes them when that was not done before. */
    void start(LambdaRouteBuilder routes, String... ids) throws Refused {
        try {
            if (context.getRoute(ids[0]) == null) {
                RouteBuilder.addRoutes(context, routes);
            }
            for (String each : ids) {
                context.getRouteController().startRoute(each);
            }
        } catch (Exception e) {
            throw new Refused("start fails", e);
        }
    }

    /** Stops all routes, within Camel's time. */
    void stop() throws Exception {
        for (Route each : context.getRoutes()) {
            context.getRouteController().stopRoute(each.getRouteId());
        }
    }

    /** Has something refused that the play can do without. */
    void refuse(String what, Throwable reason) {
        refused.add(new Refused(what, reason));
    }

    /** Notes when a message has failed, or has ended more than once. */
    void note(FaultMessage message) {
        if (message.failure() != null && !message.isNoted()) {
            refuse("message fails", message.failure());
        }
        if (message.ends() != 1) {
            throw new IllegalStateException("a callback was called " + message.ends() + " times");
        }
    }

    /** A writing end; closed with the stage if not before. */
    PipeEnd writer(Path fifo) throws Exception {
        return kept(PipeEnd.writing(fifo));
    }

    /** A reading end; closed with the stage if not before. */
    PipeEnd reader(Path fifo) throws Exception {
        return kept(PipeEnd.reading(fifo));
    }

    /** Opens, writes and closes. */
    void write(Path fifo, String text) throws Exception {
        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write(text);
        }
    }

    /** Waits for these lines since the last call, and for no others. */
    void expect(String... lines) throws NotInTime, Wrong {
        List<String> expected = List.of(lines);
        await("lines " + expected, () -> stale ? received.endWith(expected) : received.count() >= lines.length);
        List<String> bodies = received.take();
        if (!stale && !bodies.equals(expected)) {
            throw new Wrong(bodies + " instead of " + expected);
        }
        stale = false;
    }

    /**
     * Before a second play.
     *
     * @param brokenOff whether the first one was; what it has left behind may come first then
     */
    void clear(boolean brokenOff) throws Exception {
        closeEnds();
        if (brokenOff) {
            stop();
            received.take();
            stale = true;
        }
    }

    /** Waits, at most for a minute. */
    void await(String what, BooleanSupplier condition) throws NotInTime {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new NotInTime(what);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Sends a message into the route without waiting for it. */
    FaultMessage send(Object body, String text, ExchangePattern pattern) throws Exception {
        if (entry == null) {
            entry = context.getEndpoint("direct:in").createAsyncProducer();
            entry.start();
        }
        FaultMessage message = new FaultMessage(text);
        Exchange exchange = entry.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        exchange.setPattern(pattern);
        boolean unused = entry.process(
                exchange,
                doneSync -> message.done(
                        exchange.getException(), exchange.getMessage().getBody()));
        return message;
    }

    /** Threads of this stage that are alive. */
    List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.contains(id) && name.contains("fifo"))
                .toList();
    }

    /** Closes the other ends, as when their processes were killed. */
    void closeEnds() {
        ends.forEach(PipeEnd::close);
        ends.clear();
    }

    @Override
    public void close() throws IOException {
        closeEnds();
        context.close();
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path each : deepestFirst) {
            Files.deleteIfExists(each);
        }
    }

    private PipeEnd kept(PipeEnd end) {
        ends.add(end);
        return end;
    }

    /** Lines that have come. */
    static final class Lines {

        private final List<String> bodies = new ArrayList<>();

        synchronized void add(Object body) {
            if (body instanceof List<?> list) {
                list.forEach(each -> bodies.add((String) each));
            } else {
                bodies.add(body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : (String) body);
            }
        }

        synchronized int count() {
            return bodies.size();
        }

        /** Whether the last one is there; what was left by an earlier play may have joined the others. */
        synchronized boolean endWith(List<String> lines) {
            return !bodies.isEmpty() && bodies.get(bodies.size() - 1).equals(lines.get(lines.size() - 1));
        }

        synchronized List<String> take() {
            List<String> taken = List.copyOf(bodies);
            bodies.clear();
            return taken;
        }
    }

    private final class Handler implements ExceptionHandler {

        @Override
        public void handleException(Throwable exception) {
            handled.add(exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handled.add(exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handled.add(exception);
        }
    }
}
