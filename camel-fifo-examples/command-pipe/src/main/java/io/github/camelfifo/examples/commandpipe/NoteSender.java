package io.github.camelfifo.examples.commandpipe;

import java.nio.file.Path;
import org.apache.camel.builder.RouteBuilder;

/** A route that writes commands: it makes a note of what some user has typed. It could be in another program. */
final class NoteSender extends RouteBuilder {

    /** Where the text comes in. */
    static final String URI = "direct:note";

    private final Path control;

    /** Writes into the named pipe of the commands, which has to be there. */
    NoteSender(Path control) {
        this.control = control;
    }

    @Override
    public void configure() {
        // whoever has typed the text has to know that it was refused
        errorHandler(noErrorHandler());

        // FAIL: a text with a line break in it would be two commands. STRICT: a long text would be written in pieces,
        // and what
        // another process writes in between could end the first one.
        from(URI)
                .transform(simple("note orders ${body}"))
                .to("fifo:" + control + "?embeddedDelimiter=FAIL&atomicity=STRICT&autoCreate=false&readerTimeout=1s");
    }
}
