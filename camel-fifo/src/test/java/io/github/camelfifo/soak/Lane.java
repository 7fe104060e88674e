package io.github.camelfifo.soak;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;

/** A FIFO, the routes on it, and what happens to them. Used by one thread, which a round of the soak gives it. */
abstract class Lane {

    private static final Posix POSIX = Posix.system();

    final Soak soak;
    final Random random;
    final Ledger ledger;
    private final String name;
    private final List<Future<?>> inJvm = new ArrayList<>();
    private final List<Descriptor> heldOpen = new ArrayList<>();

    Lane(Soak soak, String name, long seed) {
        this.soak = soak;
        this.name = name;
        this.random = new Random(seed);
        this.ledger = new Ledger(name);
    }

    /** Adds the routes, once. */
    abstract void start() throws Exception;

    /** Does something at random. */
    abstract void event() throws Exception;

    /** Has all routes and readers run. */
    abstract void allOn() throws Exception;

    /** Whether the context must not be stopped or suspended while something is under way here. */
    boolean mustSettleFirst() {
        return false;
    }

    /** Whether nobody writes any more, and all that was written has come. */
    boolean isSettled() throws Exception {
        reap();
        return inJvm.isEmpty() && ledger.isSettled();
    }

    /** Takes what has ended to account. */
    void reap() throws Exception {
        for (Iterator<Future<?>> all = inJvm.iterator(); all.hasNext(); ) {
            Future<?> each = all.next();
            if (each.isDone()) {
                all.remove();
                each.get();
            }
        }
    }

    /** How many steps are under way in this JVM. */
    final int inJvmCount() {
        return inJvm.size();
    }

    final void run(Soak.Step step) {
        inJvm.add(soak.run(step));
    }

    final String name() {
        return name;
    }

    /** A FIFO, made now. */
    final Path fifo(String suffix) {
        return soak.folder().fifo(name + suffix);
    }

    /** Keeps what nobody has read in the kernel while no route is there. */
    final Descriptor holdOpen(Path fifo) throws ErrnoException {
        try (Descriptor path = POSIX.openPath(fifo.toString())) {
            Descriptor held = POSIX.reopenForReading(path);
            heldOpen.add(held);
            return held;
        }
    }

    /** Ends {@link #holdOpen} early. */
    final void release(Descriptor held) {
        heldOpen.remove(held);
        held.close();
    }

    final void addRoute(RouteBuilder route) throws Exception {
        soak.context().addRoutes(route);
    }

    final ServiceStatus status(String route) {
        return status(soak.context(), route);
    }

    private static ServiceStatus status(CamelContext context, String route) {
        return context.getRouteController().getRouteStatus(route);
    }

    final void stopOrStart(String route) throws Exception {
        stopOrStart(soak.context(), route);
    }

    static void stopOrStart(CamelContext context, String route) throws Exception {
        if (status(context, route).isStarted()) {
            context.getRouteController().stopRoute(route);
        } else {
            on(context, route);
        }
    }

    final void suspendOrResume(String route) throws Exception {
        suspendOrResume(soak.context(), route);
    }

    static void suspendOrResume(CamelContext context, String route) throws Exception {
        if (status(context, route).isStarted()) {
            context.getRouteController().suspendRoute(route);
        } else {
            on(context, route);
        }
    }

    final void on(String route) throws Exception {
        on(soak.context(), route);
    }

    static void on(CamelContext context, String route) throws Exception {
        if (status(context, route).isSuspended()) {
            context.getRouteController().resumeRoute(route);
        } else {
            context.getRouteController().startRoute(route);
        }
    }

    final void remove(String route) throws Exception {
        soak.context().getRouteController().stopRoute(route);
        soak.context().removeRoute(route);
    }

    /** Takes the frames of an exchange to account. */
    final void receiveFrames(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        boolean marked = exchange.getMessage().getHeader(FifoConstants.INCOMPLETE) != null;
        for (Object each : body instanceof List<?> batch ? batch : List.of(body)) {
            ledger.received(
                    each instanceof byte[] bytes ? new String(bytes, StandardCharsets.US_ASCII) : (String) each,
                    marked);
        }
    }

    void close() throws Exception {
        heldOpen.forEach(Descriptor::close);
    }

    @Override
    public String toString() {
        return ledger + " in work " + inJvm.size();
    }
}
