package io.github.camelfifo.internal.request;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.frame.SessionStoreException;
import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.internal.producer.ExchangeWrite;
import io.github.camelfifo.pipe.UndeliveredException;
import io.github.camelfifo.pipe.WritePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request, from the queue to its answer; {@link Requests} makes it. During the write the exchange belongs to the
 * writer, and nothing ends the request before the writer is done. Thread-safe.
 */
final class PendingRequest {

    private static final Logger LOG = LoggerFactory.getLogger(PendingRequest.class);

    /** The answer's headers that the exchange gets. They mark an unusual body. */
    private static final Set<String> MARKS = Set.of(
            FifoConstants.INCOMPLETE, FifoConstants.TRUNCATED, FifoConstants.FRAGMENT, FifoConstants.LAST_FRAGMENT);

    /** In this order. {@link #AWAITING_LATE_ANSWER} is optional; DONE may follow any state except {@link #WRITING}. */
    private enum State {
        QUEUED,
        /** An earlier request has failed, and its answer may still come. */
        AWAITING_LATE_ANSWER,
        /** Frames that are already in the replies' pipe are dropped. */
        MAKING_ROOM,
        /** The body is encoded. */
        PREPARING,
        WRITING,
        /** The answer may come. */
        WRITTEN,
        DONE
    }

    /** A frame that may be the answer, with System.nanoTime() of its arrival. */
    private record Candidate(FramePoller.Taken taken, long arrivalNanos) {}

    private final Requests requests;
    private final Requests.Settings settings;
    private final Exchange exchange;
    private final AsyncCallback callback;
    /** Whether a frame that may be the answer has come, also too late. Set by one worker at a time. */
    private volatile boolean answerHasCome;
    /** The start of its time, System.nanoTime(). Set before WRITING. */
    private long beganNanos;

    /** All below are guarded by this. */
    private State state = State.QUEUED;

    /** Set before WRITING. */
    private ExchangeWrite write;

    private Future<?> timer;
    /** Whether this has asked for the next frame and has not looked at it yet. */
    private boolean listens;
    /** The frames that came while the request was being written, in this order. */
    private final List<Candidate> early = new ArrayList<>();

    PendingRequest(Requests requests, Requests.Settings settings, Exchange exchange, AsyncCallback callback) {
        this.requests = requests;
        this.settings = settings;
        this.exchange = exchange;
        this.callback = callback;
    }

    /** Its turn has come. */
    void begin() {
        long nanos = requests.nanosForLateAnswer();
        if (nanos <= 0) {
            makeRoom(State.QUEUED);
            return;
        }
        synchronized (this) {
            if (!advance(State.QUEUED, State.AWAITING_LATE_ANSWER)) {
                return;
            }
            startTimer(this::lateAnswerDidNotCome, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            requests.replies().take(late -> {
                LOG.warn("Dropped an answer in {} that came too late", settings.replyPath());
                late.discard();
                requests.engine().execute(() -> makeRoom(State.AWAITING_LATE_ANSWER));
            });
        }
    }

    /** It will get no answer. */
    void fail(Exception reason) {
        if (endUnlessWriting()) {
            exchange.setException(reason);
            complete();
        }
    }

    private void lateAnswerDidNotCome() {
        synchronized (this) {
            // an answer that arrives right now continues this request; a frame that comes later is no late answer
            if (state != State.AWAITING_LATE_ANSWER || !requests.replies().cancel()) {
                return;
            }
        }
        makeRoom(State.AWAITING_LATE_ANSWER);
    }

    private void makeRoom(State from) {
        if (!advance(from, State.MAKING_ROOM)) {
            return;
        }
        requests.expectLateAnswer(false);
        try {
            requests.replies().drop(count -> requests.engine().execute(() -> write(count)));
        } catch (IOException e) {
            requests.engine().execute(() -> fail(e));
        }
    }

    private void write(int dropped) {
        if (dropped > 0) {
            LOG.warn("Dropped {} messages in {} that came before the request", dropped, settings.replyPath());
        }
        if (!advance(State.MAKING_ROOM, State.PREPARING)) {
            return;
        }
        try {
            requests.readings().begin();
            beganNanos = System.nanoTime();
            WritePolicy policy = settings.writer().policy().within(settings.timeoutMillis());
            ExchangeWrite prepared = settings.writer().prepare(exchange, unused -> written(), policy);
            if (beginsWriting(prepared) && settings.writer().write(prepared)) {
                written();
            }
        } catch (Exception e) {
            fail(e);
        }
    }

    private synchronized boolean beginsWriting(ExchangeWrite prepared) {
        if (!advance(State.PREPARING, State.WRITING)) {
            return false;
        }
        write = prepared;
        startTimer(this::timedOut, settings.timeoutMillis());
        listen();
        return true;
    }

    /** Goes to the next state; false when the request has ended meanwhile. */
    private synchronized boolean advance(State from, State to) {
        boolean goesOn = state == from;
        if (goesOn) {
            state = to;
        }
        return goesOn;
    }

    /** The writer is done with it, well or not. */
    private void written() {
        Candidate answer = null;
        synchronized (this) {
            state = State.WRITTEN;
            boolean goesOn = exchange.getException() == null && !write.isDiscarded() && !requests.refuses();
            if (goesOn && !hasHadItsTime()) {
                answer = earlyAnswer();
                if (answer == null) {
                    if (!listens) {
                        listen();
                    }
                    return;
                }
            }
            early.forEach(candidate -> drop(candidate.taken()));
            end();
        }
        if (answer != null) {
            requests.replies().cancel();
            accept(answer.taken());
        } else {
            endWithoutAnswer();
        }
        complete();
    }

    /** The first frame that came after the last byte of the request was written. The others are dropped. */
    private Candidate earlyAnswer() {
        long attemptNanos = System.nanoTime() - write.nanosSinceLastAttempt();
        Candidate answer = null;
        for (Candidate candidate : early) {
            if (answer == null && candidate.arrivalNanos() - attemptNanos >= 0) {
                answer = candidate;
            } else {
                drop(candidate.taken());
            }
        }
        early.clear();
        return answer;
    }

    private void endWithoutAnswer() {
        requests.expectLateAnswer(mayComeLate() && write.bytesWritten() > 0);
        Exception failure = exchange.getException();
        if (failure == null && requests.refuses()) {
            exchange.setException(requests.stoppedException());
        } else if (hasHadItsTime() && (failure == null || failure instanceof UndeliveredException)) {
            exchange.setException(timeout(failure));
        }
    }

    /** Certainly true once the timer has fired. */
    private boolean hasHadItsTime() {
        return System.nanoTime() - beganNanos >= TimeUnit.MILLISECONDS.toNanos(settings.timeoutMillis());
    }

    /** Called on the worker that reads the answers. */
    private void arrived(FramePoller.Taken taken) {
        Candidate candidate = new Candidate(taken, System.nanoTime());
        boolean mayAnswer = taken.failure() != null || requests.readings().hasBeenRead();
        answerHasCome |= mayAnswer && taken.failure() == null;
        requests.engine().execute(() -> look(candidate, mayAnswer));
    }

    /**
     * Stops asking for a frame, and tells whether the answer may still come. Also true when it arrives right now; then
     * the next request waits without need.
     */
    private boolean mayComeLate() {
        return requests.replies().cancel() || !answerHasCome;
    }

    private synchronized void listen() {
        listens = true;
        requests.replies().take(this::arrived);
    }

    private void look(Candidate candidate, boolean mayAnswer) {
        synchronized (this) {
            listens = false;
            if (state == State.WRITING || (state == State.WRITTEN && !mayAnswer)) {
                if (mayAnswer) {
                    early.add(candidate);
                } else {
                    drop(candidate.taken());
                }
                // after a failure, the next call would fail at once too
                if (candidate.taken().failure() == null) {
                    listen();
                }
                return;
            }
            if (!end()) {
                drop(candidate.taken());
                return;
            }
        }
        accept(candidate.taken());
        complete();
    }

    private void accept(FramePoller.Taken answer) {
        if (answer.failure() != null) {
            // a frame that could not be kept was the answer; after a failed read the answer is still to come
            requests.expectLateAnswer(!(answer.failure() instanceof FrameTooLongException
                    || answer.failure() instanceof SessionStoreException));
            exchange.setException(answer.failure());
            return;
        }
        Exchange carrier = settings.carriers().apply(answer);
        carrier.getExchangeExtension().handoverCompletions(exchange);
        String charset = carrier.getProperty(ExchangePropertyKey.CHARSET_NAME, String.class);
        if (charset != null) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
        }
        Message message = exchange.getMessage();
        message.setBody(carrier.getMessage().getBody());
        for (String mark : MARKS) {
            message.removeHeader(mark);
            Object value = carrier.getMessage().getHeader(mark);
            if (value != null) {
                message.setHeader(mark, value);
            }
        }
    }

    private void drop(FramePoller.Taken taken) {
        LOG.warn("Dropped a message in {} that cannot be the answer", settings.replyPath());
        taken.discard();
    }

    private void timedOut() {
        if (endUnlessWriting()) {
            requests.expectLateAnswer(mayComeLate());
            exchange.setException(timeout(null));
            complete();
        }
    }

    private Throwable timeout(Exception reason) {
        String message = "no answer in " + settings.replyPath() + " to a request in "
                + settings.writer().path();
        return new ExchangeTimedOutException(exchange, settings.timeoutMillis(), message).initCause(reason);
    }

    private synchronized void startTimer(Runnable action, long millis) {
        stopTimer();
        timer = requests.engine().later(() -> requests.engine().execute(action), millis);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** Ends it; false when it has ended already or the writer has it. */
    private synchronized boolean endUnlessWriting() {
        return state != State.WRITING && end();
    }

    /** Ends it; false when it has ended already. */
    private synchronized boolean end() {
        if (state == State.DONE) {
            return false;
        }
        state = State.DONE;
        stopTimer();
        return true;
    }

    private void complete() {
        if (exchange.getException() != null) {
            settings.writer().failed(exchange.getException());
        }
        requests.ended(this);
        callback.done(false);
    }
}
