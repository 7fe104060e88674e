package io.github.camelfifo;

import java.util.stream.Stream;
import jnr.posix.POSIXFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * What {@link NativeLibraryTest} runs in a JVM of its own: a pipe is read, written to by a route, and sent to without a route,
 * each in a context of its own. A line of the output says of each that it worked, or an exception that it did not and further
 * lines which exception and why. Only exceptions are caught, so an error ends the JVM with a status that is not 0.
 */
final class NativeStart {

    /** As a second argument: something else in the application has used jnr before, in vain. */
    static final String AFTER_SOMEBODY_ELSE = "after somebody else";

    static final String WORKED = "worked";
    static final String FAILED = "failed";

    private NativeStart() {}

    /** {@code URI [after somebody else]}. */
    public static void main(String[] arguments) throws Exception {
        String uri = arguments[0] + "?noReader=DISCARD";
        if (arguments.length > 1) {
            useJnrInVain();
        }
        attempt(context -> {
            context.addRoutes(route(uri, "mock:in"));
            context.start();
        });
        attempt(context -> {
            context.addRoutes(route("direct:out", uri));
            context.start();
        });
        attempt(context -> {
            context.start();
            context.createProducerTemplate().sendBody(uri, "hello");
        });
    }

    private static RouteBuilder route(String from, String to) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        };
    }

    private static void useJnrInVain() {
        try {
            POSIXFactory.getNativePOSIX();
        } catch (LinkageError e) {
            return;
        }
        throw new IllegalStateException("not in vain");
    }

    private static void attempt(Attempt attempt) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            attempt.make(context);
            System.out.println(WORKED);
        } catch (Exception e) {
            System.out.println(FAILED);
            Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
                    .forEach(System.out::println);
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void make(DefaultCamelContext context) throws Exception;
    }
}
