package io.github.camelfifo;

import io.github.camelfifo.internal.monitoring.Use;
import io.github.camelfifo.internal.producer.ProducerHealth;
import io.github.camelfifo.internal.request.Requests;
import java.util.List;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Writes a request and waits for one frame of another FIFO, one request at a time, for Camel's routes. Blocks no
 * thread.
 *
 * <p>
 * Nothing in a pipe tells which request an answer belongs to. So the next frame counts as the answer to the current
 * request, unless that is impossible: the frame was there before the request was written, or it comes before anybody
 * has read from the requests' pipe again. After a request without an answer in time, a frame that comes within another
 * {@code requestTimeout} counts as its late answer; until then the next request waits. Exchanges that are not InOut are
 * written and get no answer. At stop, requests without an answer fail.
 */
public class FifoRequestProducer extends DefaultAsyncProducer {

    private final Endpoint replyEndpoint;
    private final Requests requests;
    private final ProducerHealth health;
    private final List<Use> uses;

    FifoRequestProducer(
            Endpoint endpoint, Endpoint replyEndpoint, Requests requests, ProducerHealth health, List<Use> uses) {
        super(endpoint);
        this.replyEndpoint = replyEndpoint;
        this.requests = requests;
        this.health = health;
        this.uses = uses;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return requests.process(exchange, callback);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(replyEndpoint);
        requests.open();
        health.started(this);
        uses.forEach(Use::begin);
    }

    @Override
    protected void doStop() throws Exception {
        health.stopped(this);
        requests.close();
        uses.forEach(Use::end);
        ServiceHelper.stopService(replyEndpoint);
        super.doStop();
    }
}
