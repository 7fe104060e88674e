package io.github.camelfifo.examples.livetail;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Answers what is asked of this machine by its own name. A page of any web site could have its name stand for 127.0.0.1 once
 * it is loaded (DNS rebinding); for the browser our lines would then be that site's own.
 */
final class OnlyThisMachine implements Processor {

    private static final int MISDIRECTED_REQUEST = 421;
    private static final Pattern OURS = Pattern.compile("http://(127\\.0\\.0\\.1|localhost)(:[0-9]*)?(/.*)?");

    private final Consumer<Message> answer;

    /**
     * Guards an answer.
     *
     * @param answer makes it in the message of the request
     */
    OnlyThisMachine(Consumer<Message> answer) {
        this.answer = answer;
    }

    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        // the server makes it of the Host header, or of what HTTP/2 has instead
        String url = message.getHeader(Exchange.HTTP_URL, "", String.class);
        if (OURS.matcher(url).matches()) {
            answer.accept(message);
            return;
        }
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, MISDIRECTED_REQUEST);
        message.setHeader(Exchange.CONTENT_TYPE, "text/plain; charset=utf-8");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setBody("Only http://127.0.0.1 and http://localhost are answered.\n");
    }
}
