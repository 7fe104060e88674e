package io.github.camelfifo.examples.livetail;

import io.github.camelfifo.FifoConstants;
import java.nio.file.Path;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;

/** The routes: lines come in from a named pipe and are kept for a while; browsers fetch the page, and then the lines. */
final class LiveTailRoutes extends RouteBuilder {

    private final Path pipe;
    private final RingBuffer lines;
    private final Page page = new Page();
    private final LinesAnswer answer;

    /**
     * Routes from a pipe, which the component makes, to browsers.
     *
     * @param lines what browsers can get
     */
    LiveTailRoutes(Path pipe, RingBuffer lines) {
        this.pipe = pipe;
        this.lines = lines;
        this.answer = new LinesAnswer(pipe, lines);
    }

    @Override
    public void configure() {
        // or Camel would leave this one to the server
        HttpHeaderFilterStrategy headers = new HttpHeaderFilterStrategy();
        headers.getOutFilter().remove("cache-control");
        bindToRegistry("headers", headers);

        from("fifo:" + pipe + "?maxFrameLength=16k&oversizedFrame=TRUNCATE")
                .routeId("pipe")
                .process(exchange -> keep(exchange.getMessage()));

        from("platform-http:/?httpMethodRestrict=GET&headerFilterStrategy=#headers")
                .routeId("page")
                .process(new OnlyThisMachine(page::answer));

        from("platform-http:/lines?httpMethodRestrict=GET&headerFilterStrategy=#headers")
                .routeId("lines")
                .process(new OnlyThisMachine(answer::answer));
    }

    private void keep(Message message) {
        lines.add(
                message.getBody(String.class),
                message.getHeader(FifoConstants.INCOMPLETE, false, boolean.class),
                message.getHeader(FifoConstants.TRUNCATED, 0L, long.class));
    }
}
