package io.github.camelfifo;

import io.github.camelfifo.frame.FrameTooLongException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** What {@link SmallHeapTest} runs in a JVM of its own. It says on its standard output how that went. */
final class SmallHeap {

    private SmallHeap() {}

    /** {@code lines URI}, {@code session URI FOLDER}, {@code stream URI FILE} or {@code file URI FILE}. */
    public static void main(String[] arguments) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            String uri = arguments[1];
            switch (arguments[0]) {
                case "lines" -> receiveLines(context, uri);
                case "session" -> receiveSession(context, uri, new File(arguments[2]));
                case "stream" -> {
                    // not a file to Camel, which knows how long those are
                    try (InputStream body = new FilterInputStream(new FileInputStream(arguments[2])) {}) {
                        send(context, uri, body);
                    }
                }
                default -> send(context, uri, new File(arguments[2]));
            }
        }
    }

    /** Tells how many exceptions, messages and characters come before the line "next". */
    private static void receiveLines(DefaultCamelContext context, String uri) throws Exception {
        AtomicInteger exceptions = new AtomicInteger();
        AtomicInteger messages = new AtomicInteger();
        AtomicLong characters = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        start(context, routes -> {
            routes.onException(FrameTooLongException.class)
                    .handled(true)
                    .process(exchange -> exceptions.incrementAndGet());
            routes.from(uri).process(exchange -> {
                String body = exchange.getMessage().getBody(String.class);
                if (body.equals("next")) {
                    done.countDown();
                } else {
                    messages.incrementAndGet();
                    characters.addAndGet(body.length());
                }
            });
        });
        done.await();
        System.out.printf(
                "%d exceptions, %d messages, %d characters", exceptions.get(), messages.get(), characters.get());
    }

    /** Tells the checksum of one session. */
    private static void receiveSession(DefaultCamelContext context, String uri, File folder) throws Exception {
        context.getStreamCachingStrategy().setSpoolEnabled(true);
        context.getStreamCachingStrategy().setSpoolDirectory(folder);
        CountDownLatch done = new CountDownLatch(1);
        start(
                context,
                routes -> routes.from(uri).process(exchange -> {
                    CheckedInputStream session =
                            new CheckedInputStream(exchange.getMessage().getBody(InputStream.class), new CRC32());
                    long length = session.transferTo(OutputStream.nullOutputStream());
                    System.out.printf(
                            "%d bytes, CRC %d", length, session.getChecksum().getValue());
                    done.countDown();
                }));
        done.await();
    }

    private static void send(DefaultCamelContext context, String uri, Object body) throws Exception {
        context.start();
        Exchange done = context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body));
        if (done.getException() != null) {
            throw done.getException();
        }
        System.out.printf("%s bytes", done.getMessage().getHeader(FifoConstants.BYTES_WRITTEN));
    }

    private static void start(DefaultCamelContext context, LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
        context.start();
    }
}
