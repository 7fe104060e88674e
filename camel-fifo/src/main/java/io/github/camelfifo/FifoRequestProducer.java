package io.github.camelfifo;

import io.github.camelfifo.pipe.PipeEngine;
import io.github.camelfifo.pipe.WriterClosedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a request and waits for one frame of another FIFO, one request at a time. Blocks no thread.
 *
 * <p>
 * Nothing in a pipe tells which request an answer belongs to, so what comes is taken for the answer to the request that is
 * out, unless it cannot be: what was there before the request was written, what comes while the server has not read the
 * request, and, after a request that got no answer in time, what comes within another {@code requestTimeout}; so long the
 * next request is put off. Exchanges that are not InOut are written and get no answer.
 */
public class FifoRequestProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(FifoRequestProducer.class);

    private final FifoEndpoint endpoint;
    private final FifoProducer requests;
    private final long timeoutMillis;
    /** Whose turn it is and who waits for theirs; guarded by this. */
    private final Queue<Request> queue = new ArrayDeque<>();

    private FramePoller replies;
    private PipeEngine engine;
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
        this.requests = new FifoProducer(endpoint);
        this.timeoutMillis = endpoint.getConfiguration().getRequestTimeout();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        if (!ExchangeHelper.isOutCapable(exchange)) {
            return requests.process(exchange, callback);
        }
        Request request = new Request(exchange, callback);
        boolean first;
        synchronized (this) {
            first = queue.isEmpty();
            queue.add(request);
        }
        if (first) {
            request.begin();
        }
        return false;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine = endpoint.getComponent().pipes().engine();
        replies = endpoint.replyEndpoint().openPoller();
        requests.start();
    }

    @Override
    protected void doStop() throws Exception {
        requests.stop();
        List<Request> unanswered;
        synchronized (this) {
            unanswered = List.copyOf(queue);
        }
        unanswered.forEach(request -> request.fail(new WriterClosedException(endpoint.getAbsolutePath(), 0)));
        if (replies != null) {
            replies.close();
        }
        super.doStop();
    }

    private void next() {
        Request next;
        synchronized (this) {
            queue.poll();
            next = queue.peek();
        }
        if (next != null) {
            next.begin();
        }
    }

    /** One exchange's turn: waits out a late answer, writes, waits for the answer. */
    private final class Request {

        private final Exchange exchange;
        private final AsyncCallback callback;
        private final AtomicBoolean done = new AtomicBoolean();
        private volatile Future<?> timer;

        Request(Exchange exchange, AsyncCallback callback) {
            this.exchange = exchange;
            this.callback = callback;
        }

        void begin() {
            long putOff = TimeUnit.NANOSECONDS.toMillis(lateAnswerUntil - System.nanoTime());
            if (putOff > 0) {
                timer = engine.later(() -> engine.execute(this::lateAnswerDidNotCome), putOff);
                replies.take(late -> {
                    if (timer.cancel(false)) {
                        LOG.warn(
                                "An answer in {} came too late and is dropped",
                                endpoint.options().replyPath());
                        engine.execute(this::send);
                    }
                });
            } else {
                send();
            }
        }

        private void lateAnswerDidNotCome() {
            replies.cancel();
            send();
        }

        private void send() {
            lateAnswerUntil = System.nanoTime();
            try {
                replies.drop(count -> engine.execute(() -> write(count)));
            } catch (IOException e) {
                fail(e);
            }
        }

        private void write(int dropped) {
            if (dropped > 0) {
                LOG.warn(
                        "{} frames in {} that answer nothing are dropped",
                        dropped,
                        endpoint.options().replyPath());
            }
            replies.take(this::answered);
            timer = engine.later(() -> engine.execute(this::timedOut), timeoutMillis);
            requests.process(exchange, doneSync -> {
                if (exchange.getException() != null) {
                    replies.cancel();
                    finish();
                }
            });
        }

        private void answered(FramePoller.Taken answer) {
            engine.execute(() -> accept(answer));
        }

        private void accept(FramePoller.Taken answer) {
            if (requests.unread() > 0) {
                LOG.warn(
                        "An answer in {} came before the request was read and is dropped",
                        endpoint.options().replyPath());
                replies.take(this::answered);
            } else if (answer.failure() != null) {
                fail(answer.failure());
            } else if (done.compareAndSet(false, true)) {
                Message message = exchange.getMessage();
                message.setBody(answer.frame().body());
                complete();
            }
        }

        private void timedOut() {
            if (done.compareAndSet(false, true)) {
                replies.cancel();
                lateAnswerUntil = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
                exchange.setException(new ExchangeTimedOutException(
                        exchange,
                        timeoutMillis,
                        "no answer in " + endpoint.options().replyPath() + " to a request in "
                                + endpoint.getAbsolutePath()));
                complete();
            }
        }

        void fail(Exception reason) {
            if (done.compareAndSet(false, true)) {
                exchange.setException(reason);
                complete();
            }
        }

        private void finish() {
            if (done.compareAndSet(false, true)) {
                complete();
            }
        }

        private void complete() {
            Future<?> pending = timer;
            if (pending != null) {
                pending.cancel(false);
            }
            next();
            callback.done(false);
        }
    }
}
