package io.github.camelfifo.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/**
 * An application on Camel's main class, which stops the context in a shutdown hook. It consumes from the first argument,
 * taking its time; what it has processed goes to the second, a file's path or an endpoint.
 */
public final class TerminatedMain {

    private static final int MILLIS_EACH = 2;

    private TerminatedMain() {}

    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                if (arguments[1].startsWith("fifo:")) {
                    from(arguments[0]).to(arguments[1]);
                } else {
                    Path file = Path.of(arguments[1]);
                    from(arguments[0]).process(exchange -> {
                        TimeUnit.MILLISECONDS.sleep(MILLIS_EACH);
                        append(file, exchange.getMessage().getBody(String.class));
                    });
                }
            }
        });
        main.run();
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(
                file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
