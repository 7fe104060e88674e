package io.github.camelfifo;

import io.github.camelfifo.frame.FrameTooLongException;
import io.github.camelfifo.frame.SessionStoreException;
import io.github.camelfifo.internal.consumer.FifoMessage;
import io.github.camelfifo.internal.consumer.FramePoller;
import io.github.camelfifo.pipe.UndeliveredException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
 * One request: waits out a late answer to an earlier one, is written, waits for its answer. While it is being written the
 * exchange is the writer's, and nothing that happens meanwhile ends it before the writer is done. Thread-safe.
 */
final class PendingRequest {

    private static final Logger LOG = LoggerFactory.getLogger(FifoRequestProducer.class);

    private enum State {
        BEFORE_WRITING,
        WRITING,
        WRITTEN,
        DONE
    }

    /** What may be the answer, with System.nanoTime() of its arrival. */
    private record Candidate(FramePoller.Taken taken, long arrivalNanos) {}

    private final FifoRequestProducer producer;
    private final Exchange exchange;
    private final AsyncCallback callback;
    /** Whether something has come that may be the answer, be it too late. Set by one worker at a time. */
    private volatile boolean answerHasCome;
    /** When writing began, System.nanoTime(); set before. */
    private long beganNanos;

    /** All below are guarded by this. */
    private State state = State.BEFORE_WRITING;

    private boolean awaitsLateAnswer;
    private ExchangeWrite write;
    private boolean timeIsOver;
    private Future<?> timer;
    /** Whether what comes next is asked for, or has come and will be looked at. */
    private boolean listens;
    /** Came while the request was being written, in this order. */
    private final List<Candidate> early = new ArrayList<>();

    PendingRequest(FifoRequestProducer producer, Exchange exchange, AsyncCallback callback) {
        this.producer = producer;
        this.exchange = exchange;
        this.callback = callback;
    }

    /** Its turn has come. */
    void begin() {
        long nanos = producer.nanosForLateAnswer();
        if (nanos <= 0) {
            makeRoom();
            return;
        }
        synchronized (this) {
            awaitsLateAnswer = true;
            startTimer(this::lateAnswerDidNotCome, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
            producer.replies().take(late -> {
                LOG.warn("An answer in {} came too late and is dropped", producer.replyPath());
                late.discard();
                producer.engine().execute(this::lateAnswerHasCome);
            });
        }
    }

    /** It will get no answer. */
    void fail(Exception reason) {
        synchronized (this) {
            if (state == State.WRITING || !end()) {
                return;
            }
        }
        exchange.setException(reason);
        complete();
    }

    private void lateAnswerHasCome() {
        synchronized (this) {
            awaitsLateAnswer = false;
        }
        makeRoom();
    }

    private void lateAnswerDidNotCome() {
        synchronized (this) {
            // one that is coming just now goes on itself; what is asked for later is not the late answer
            if (!awaitsLateAnswer || !producer.replies().cancel()) {
                return;
            }
            awaitsLateAnswer = false;
        }
        makeRoom();
    }

    private void makeRoom() {
        if (isDone()) {
            return;
        }
        producer.expectLateAnswer(false);
        try {
            producer.replies().drop(count -> producer.engine().execute(() -> write(count)));
        } catch (IOException e) {
            producer.engine().execute(() -> fail(e));
        }
    }

    private void write(int dropped) {
        if (dropped > 0) {
            LOG.warn("{} messages in {} that answer nothing are dropped", dropped, producer.replyPath());
        }
        if (isDone()) {
            return;
        }
        try {
            producer.readings().begin();
            beganNanos = System.nanoTime();
            ExchangeWrite prepared = producer.requests().prepare(exchange, unused -> written(), producer.policy());
            if (beginsWriting(prepared) && producer.requests().write(prepared)) {
                written();
            }
        } catch (Exception e) {
            fail(e);
        }
    }

    private synchronized boolean beginsWriting(ExchangeWrite prepared) {
        if (state != State.BEFORE_WRITING) {
            return false;
        }
        state = State.WRITING;
        write = prepared;
        startTimer(this::timedOut, producer.timeoutMillis());
        listen();
        return true;
    }

    /** The writer is done with it, well or not. */
    private void written() {
        Candidate answer = null;
        synchronized (this) {
            state = State.WRITTEN;
            boolean goesOn = exchange.getException() == null && !write.isDiscarded() && !producer.refuses();
            if (goesOn && !timeIsOver) {
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
            producer.replies().cancel();
            accept(answer.taken());
        } else {
            endWithoutAnswer();
        }
        complete();
    }

    /** The first that came after the last of the request went into the pipe; what came before or behind it is no answer. */
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
        boolean nothingHasCome = mayComeLate();
        producer.expectLateAnswer(nothingHasCome && write.bytesWritten() > 0);
        Exception failure = exchange.getException();
        if (failure == null && producer.refuses()) {
            exchange.setException(producer.stoppedException());
        } else if (hasHadItsTime() && (failure == null || failure instanceof UndeliveredException)) {
            exchange.setException(timeout(failure));
        }
    }

    private boolean hasHadItsTime() {
        long nanos = System.nanoTime() - beganNanos;
        return timeIsOver || nanos >= TimeUnit.MILLISECONDS.toNanos(producer.timeoutMillis());
    }

    /** On the worker that reads the answers. */
    private void arrived(FramePoller.Taken taken) {
        Candidate candidate = new Candidate(taken, System.nanoTime());
        boolean mayAnswer = taken.failure() != null || producer.readings().hasBeenRead();
        answerHasCome |= mayAnswer && taken.failure() == null;
        producer.engine().execute(() -> look(candidate, mayAnswer));
    }

    /**
     * Takes the question for an answer back, and gives whether the answer may still come; also where it is coming in this
     * very moment, which puts off the next request for nothing.
     */
    private boolean mayComeLate() {
        return producer.replies().cancel() || !answerHasCome;
    }

    private synchronized void listen() {
        listens = true;
        producer.replies().take(this::arrived);
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
                // a failure would only come again at once
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
            // one that could not be kept was the answer; where reading failed it is still to come
            producer.expectLateAnswer(!(answer.failure() instanceof FrameTooLongException
                    || answer.failure() instanceof SessionStoreException));
            exchange.setException(answer.failure());
            return;
        }
        Exchange carrier = producer.replyEndpoint()
                .frameExchanges()
                .exchange(
                        producer.replyEndpoint()::createExchange,
                        answer.frame(),
                        answer.sequence(),
                        answer.session(),
                        false);
        carrier.getExchangeExtension().handoverCompletions(exchange);
        String charset = carrier.getProperty(ExchangePropertyKey.CHARSET_NAME, String.class);
        if (charset != null) {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
        }
        Message message = exchange.getMessage();
        message.setBody(carrier.getMessage().getBody());
        for (String mark : FifoMessage.MARKS) {
            message.removeHeader(mark);
        }
        carrier.getMessage().getHeaders().forEach((name, value) -> {
            if (FifoMessage.MARKS.contains(name)) {
                message.setHeader(name, value);
            }
        });
    }

    private void drop(FramePoller.Taken taken) {
        LOG.warn("A message in {} that cannot be the answer is dropped", producer.replyPath());
        taken.discard();
    }

    private void timedOut() {
        synchronized (this) {
            timeIsOver = true;
            if (state == State.WRITING || !end()) {
                return;
            }
        }
        producer.expectLateAnswer(mayComeLate());
        exchange.setException(timeout(null));
        complete();
    }

    private ExchangeTimedOutException timeout(Exception reason) {
        ExchangeTimedOutException timeout = new ExchangeTimedOutException(
                exchange,
                producer.timeoutMillis(),
                "no answer in " + producer.replyPath() + " to a request in " + producer.requestPath());
        if (reason != null) {
            timeout.initCause(reason);
        }
        return timeout;
    }

    private synchronized void startTimer(Runnable action, long millis) {
        stopTimer();
        timer = producer.engine().later(() -> producer.engine().execute(action), millis);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
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

    private synchronized boolean isDone() {
        return state == State.DONE;
    }

    private void complete() {
        producer.ended(this);
        callback.done(false);
    }
}
