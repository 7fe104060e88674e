package io.github.camelfifo;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.Faults;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A program of its own, whose descriptors can be used up without harm to others: prints the lines of a FIFO, and obeys
 * some of them.
 */
public final class DescriptorsUsedUp {

    private static final Faults FAULTS = new Faults();
    private static final List<FileInputStream> FILES = new ArrayList<>();

    private static final int FAILURES_IN_A_ROW = 5;

    private DescriptorsUsedUp() {}

    /** With the FIFO's path; ends with the line {@code end}. */
    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.disableJMX();
            context.addComponent("fifo", new WatchedComponent(FAULTS.posix()));
            RouteBuilder.addRoutes(
                    context,
                    routes -> routes.from("fifo:" + arguments[0])
                            .process(exchange -> obey(exchange.getMessage().getBody(String.class))));
            context.start();
            synchronized (FILES) {
                while (!FILES.isEmpty() || !ended) {
                    FILES.wait();
                }
            }
        }
    }

    private static boolean ended;

    private static void obey(String line) throws IOException {
        switch (line) {
            // loads all classes that are needed when there really are none
            case "pretend" -> failNextReopening();
            case "exhaust" -> exhaust();
            case "free" -> free();
            case "end" -> end();
            default -> {
                // is printed like the others
            }
        }
        System.out.println(line);
    }

    /** The first look at the path, by another worker, may come as late as this and has to open something too. */
    private static void failNextReopening() {
        AtomicBoolean failed = new AtomicBoolean();
        FAULTS.instead(
                "open",
                call -> call.argument(0).toString().startsWith("/proc/") && failed.compareAndSet(false, true)
                        ? call.fail(Errno.EMFILE)
                        : call.proceed());
    }

    private static void exhaust() {
        synchronized (FILES) {
            String reason = null;
            // a compiler thread of the JVM holds one for moments, and what it gives back is to be used up too
            for (int failures = 0; failures < FAILURES_IN_A_ROW; ) {
                try {
                    FILES.add(new FileInputStream("/dev/null"));
                    failures = 0;
                } catch (IOException e) {
                    failures++;
                    reason = e.getMessage();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
            System.out.println("no more after " + FILES.size() + ": " + reason);
        }
    }

    private static void free() throws IOException {
        synchronized (FILES) {
            for (FileInputStream each : FILES) {
                each.close();
            }
            FILES.clear();
        }
    }

    private static void end() {
        synchronized (FILES) {
            ended = true;
            FILES.notifyAll();
        }
    }
}
