package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** What a route has delivered so far, in order. Thread-safe. */
final class Received implements Processor {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final List<Frame> frames = new ArrayList<>();

    /** A message with all that the component says of it. */
    record Frame(Object body, String path, Long sequence, Long session, Boolean incomplete, String charset) {

        static Frame of(Exchange exchange) {
            Message message = exchange.getMessage();
            return new Frame(
                    message.getBody(),
                    message.getHeader(FifoConstants.PATH, String.class),
                    message.getHeader(FifoConstants.SEQUENCE, Long.class),
                    message.getHeader(FifoConstants.SESSION, Long.class),
                    message.getHeader(FifoConstants.INCOMPLETE, Boolean.class),
                    exchange.getProperty(ExchangePropertyKey.CHARSET_NAME, String.class));
        }

        boolean isMarkedIncomplete() {
            return Boolean.TRUE.equals(incomplete);
        }
    }

    @Override
    public void process(Exchange exchange) {
        Frame frame = Frame.of(exchange);
        synchronized (frames) {
            frames.add(frame);
        }
    }

    List<Frame> frames() {
        synchronized (frames) {
            return List.copyOf(frames);
        }
    }

    Frame frame(int index) {
        return frames().get(index);
    }

    List<Object> bodies() {
        return frames().stream().map(Frame::body).toList();
    }

    /** The bodies of text. */
    List<String> lines() {
        return frames().stream().map(frame -> (String) frame.body()).toList();
    }

    int count() {
        synchronized (frames) {
            return frames.size();
        }
    }

    /** Waits until there are so many, or more. */
    void awaitCount(int count) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .untilAsserted(() -> assertThat(count()).isGreaterThanOrEqualTo(count));
    }

    /** Waits for exactly these lines. */
    void awaitLines(String... lines) {
        awaitCount(lines.length);
        assertThat(lines()).containsExactly(lines);
    }

    /** Waits for exactly the lines {@code 1} to {@code last}. */
    void awaitNumbers(int last) {
        awaitCount(last);
        assertNumbers(last);
    }

    /** There are exactly the lines {@code 1} to {@code last}, in order. */
    void assertNumbers(int last) {
        assertThat(lines()).containsExactlyElementsOf(numbers(last));
    }

    /** Nothing more comes, as far as a while shows. */
    void assertNothingMore(int count) {
        await().during(Duration.ofMillis(300))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count()).isEqualTo(count));
    }

    /** {@code 1} to {@code last}. */
    static List<String> numbers(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(String::valueOf).toList();
    }

    /** {@code 1} to {@code last}, each with a line feed. */
    static String lines(int last) {
        return String.join("\n", numbers(last)) + "\n";
    }
}
