package io.github.camelfifo.examples.syslog;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.time.format.DateTimeParseException;
import java.util.function.Consumer;
import org.apache.camel.LoggingLevel;
import org.apache.camel.ValidationException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The route: log messages come in as lines of one named pipe, alerts go out as lines of another. */
final class AlertRoutes extends RouteBuilder {

    /** The id of the route. */
    static final String RECORDS = "records";

    private final Path records;
    private final Path alerts;
    private final FailureRate rate;
    private final Consumer<LogRecord> whenReceived;

    /**
     * A route from one pipe to the other. Both are there before the daemon starts.
     *
     * @param whenReceived gets each record
     */
    AlertRoutes(Path records, Path alerts, FailureRate rate, Consumer<LogRecord> whenReceived) {
        this.records = records;
        this.alerts = alerts;
        this.rate = rate;
        this.whenReceived = whenReceived;
    }

    @Override
    public void configure() {
        onException(JsonProcessingException.class, DateTimeParseException.class, ValidationException.class)
                .handled(true)
                .log(LoggingLevel.WARN, RECORDS, "Not a record: ${body}");

        // 1 MiB: the daemon goes on while the route is stopped.
        from("fifo:" + records + "?pipeCapacity=1m")
                .routeId(RECORDS)
                .unmarshal()
                .json(JsonLibrary.Jackson, LogRecord.class)
                // the line null is JSON, too
                .validate(body().isNotNull())
                .process(exchange -> whenReceived.accept(exchange.getMessage().getBody(LogRecord.class)))
                .filter(body().method("isFailure"))
                .transform()
                .body(LogRecord.class, rate::alert)
                .filter(body().isNotNull())
                .to("fifo:" + alerts + "?embeddedDelimiter=FAIL");
    }
}
