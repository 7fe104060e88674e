package io.github.camelfifo.internal.request;

import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.internal.producer.BodyWriter;
import io.github.camelfifo.internal.producer.ExchangeWrite;
import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReadWatch;
import io.github.camelfifo.pipe.WriterClosedException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.ExchangeHelper;

/**
 * The requests of one producer, written and answered one at a time. {@code FifoRequestProducer} opens and closes it
 * when it starts and stops. Thread-safe.
 */
public final class Requests {

    /**
     * The settings of all requests.
     *
     * @param writer is opened and closed with the requests
     * @param pipes gives the pipes at each start
     * @param replyPath of the other FIFO, absolute
     * @param replyOpener opens that FIFO at each start
     * @param carriers makes an exchange from a frame that is an answer
     * @param timeoutMillis for writing a request and getting its answer
     */
    public record Settings(
            BodyWriter writer,
            Supplier<Pipes> pipes,
            String replyPath,
            Callable<FramePoller> replyOpener,
            Function<FramePoller.Taken, Exchange> carriers,
            long timeoutMillis) {}

    private final Settings settings;
    /** The first one has its turn, the others wait; guarded by this. */
    private final Queue<PendingRequest> queue = new ArrayDeque<>();

    private volatile boolean refuses = true;
    private PipeEngine engine;
    private FramePoller replies;
    private ReadWatch readings;
    /** The end of the time for a late answer, System.nanoTime(). Only the request in its turn may use this. */
    private long lateAnswerUntil = System.nanoTime();

    /** Refuses requests until {@link #open}. */
    public Requests(Settings settings) {
        this.settings = settings;
    }

    /**
     * Accepts requests until {@link #close}, which has to be called even if this fails.
     *
     * @throws Exception when one of the FIFOs cannot be made or opened
     */
    public void open() throws Exception {
        Pipes opened = settings.pipes().get();
        engine = opened.engine();
        readings = opened.readWatch(settings.writer().namedPipe(opened));
        replies = settings.replyOpener().call();
        settings.writer().open(opened);
        refuses = false;
    }

    /** Writes an exchange and waits for its answer, as {@link org.apache.camel.AsyncProcessor#process} says. */
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!ExchangeHelper.isOutCapable(exchange)) {
            return settings.writer().process(exchange, callback);
        }
        ExchangeWrite.forgetEarlierResult(exchange);
        PendingRequest request = new PendingRequest(this, settings, exchange, callback);
        boolean first;
        synchronized (this) {
            first = queue.isEmpty();
            queue.add(request);
        }
        if (refuses) {
            request.fail(stoppedException());
        } else if (first) {
            request.begin();
        }
        return false;
    }

    /** Fails all requests without an answer. */
    public void close() {
        refuses = true;
        // fails requests that are being written
        settings.writer().close();
        List<PendingRequest> unanswered;
        synchronized (this) {
            unanswered = List.copyOf(queue);
        }
        unanswered.forEach(request -> request.fail(stoppedException()));
        if (replies != null) {
            replies.close();
        }
        if (readings != null) {
            readings.close();
        }
    }

    /** The turn of a request is over, or will never come. */
    void ended(PendingRequest request) {
        PendingRequest next = null;
        synchronized (this) {
            boolean wasFirst = queue.peek() == request;
            queue.remove(request);
            if (wasFirst && !refuses) {
                next = queue.peek();
            }
        }
        if (next != null) {
            next.begin();
        }
    }

    /** How much longer a late answer to a failed request may come. */
    long nanosForLateAnswer() {
        return lateAnswerUntil - System.nanoTime();
    }

    /** A request says whether a late answer to a failed request may still come. */
    void expectLateAnswer(boolean expected) {
        lateAnswerUntil = System.nanoTime() + (expected ? TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis()) : 0);
    }

    WriterClosedException stoppedException() {
        return new WriterClosedException(settings.writer().path(), 0);
    }

    /** Whether this is closed, or about to be. */
    boolean refuses() {
        return refuses;
    }

    PipeEngine engine() {
        return engine;
    }

    FramePoller replies() {
        return replies;
    }

    ReadWatch readings() {
        return readings;
    }
}
