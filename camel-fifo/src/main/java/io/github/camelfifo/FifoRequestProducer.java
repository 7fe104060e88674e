package io.github.camelfifo;

import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.Pipes;
import io.github.camelfifo.pipe.ReadWatch;
import io.github.camelfifo.pipe.WritePolicy;
import io.github.camelfifo.pipe.WriterClosedException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Writes a request and waits for one frame of another FIFO, one request at a time. Blocks no thread.
 *
 * <p>
 * Nothing in a pipe tells which request an answer belongs to, so what comes is taken for the answer to the request that is
 * out, unless it cannot be: what was there before the request was written, what comes before anybody has read from the
 * requests' pipe again, and, after a request that got no answer in time, what comes within another {@code requestTimeout};
 * so long the next request is put off. Exchanges that are not InOut are written and get no answer. At stop, requests
 * without an answer fail.
 */
public class FifoRequestProducer extends DefaultAsyncProducer {

    private final FifoEndpoint endpoint;
    private final FifoEndpoint replyEndpoint;
    private final BodyWriter requests;
    private final WritePolicy policy;
    /** Whose turn it is and who waits for theirs; guarded by this. */
    private final Queue<PendingRequest> queue = new ArrayDeque<>();

    private volatile boolean refuses = true;
    private PipeEngine engine;
    private FramePoller replies;
    private ReadWatch readings;
    /** Until when an answer may come to a request that has failed, System.nanoTime(). Whose turn it is may touch this. */
    private long lateAnswerUntil = System.nanoTime();

    /**
     * A producer that opens nothing yet.
     *
     * @param endpoint with a {@code replyTo}
     */
    public FifoRequestProducer(FifoEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        this.replyEndpoint = endpoint.replyEndpoint();
        this.requests = endpoint.bodyWriter();
        this.policy = endpoint.options().writing().within(timeoutMillis());
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!ExchangeHelper.isOutCapable(exchange)) {
            return requests.process(exchange, callback);
        }
        ExchangeWrite.forgetEarlierResult(exchange);
        PendingRequest request = new PendingRequest(this, exchange, callback);
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

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        Pipes pipes = endpoint.getComponent().pipes();
        engine = pipes.engine();
        readings = pipes.readWatch(endpoint.namedPipe());
        ServiceHelper.startService(replyEndpoint);
        replies = new FramePoller(
                pipes,
                endpoint.getComponent().carriedOver(),
                replyEndpoint.reading(replyEndpoint::createExchange).ofReplies(),
                replyEndpoint.malformedText(),
                0);
        requests.open(pipes);
        refuses = false;
    }

    @Override
    protected void doStop() throws Exception {
        refuses = true;
        // fails those that are being written
        requests.close();
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
        ServiceHelper.stopService(replyEndpoint);
        super.doStop();
    }

    /** The turn of a request is over, or it is over before its turn has come. */
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

    /** How much longer an answer may come to a request that has failed. */
    long nanosForLateAnswer() {
        return lateAnswerUntil - System.nanoTime();
    }

    /** An answer may come, or no more, to a request that has failed. By that request. */
    void expectLateAnswer(boolean expected) {
        lateAnswerUntil = System.nanoTime() + (expected ? timeoutMillis() * 1_000_000 : 0);
    }

    WriterClosedException stoppedException() {
        return new WriterClosedException(requestPath(), 0);
    }

    /** Stopped, or about to be. */
    boolean refuses() {
        return refuses;
    }

    PipeEngine engine() {
        return engine;
    }

    BodyWriter requests() {
        return requests;
    }

    FramePoller replies() {
        return replies;
    }

    ReadWatch readings() {
        return readings;
    }

    FifoEndpoint replyEndpoint() {
        return replyEndpoint;
    }

    WritePolicy policy() {
        return policy;
    }

    long timeoutMillis() {
        return endpoint.getConfiguration().getRequestTimeout();
    }

    String requestPath() {
        return endpoint.getAbsolutePath();
    }

    String replyPath() {
        return replyEndpoint.getAbsolutePath();
    }
}
