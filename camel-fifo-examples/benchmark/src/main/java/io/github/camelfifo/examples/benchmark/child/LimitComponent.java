package io.github.camelfifo.examples.benchmark.child;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** A component that does as little as a component can. */
final class LimitComponent extends DefaultComponent {

    private final LimitSource source;
    private final LimitSink sink;

    /**
     * For consumers, producers, or both.
     *
     * @param source what its consumers deliver; null for none
     * @param sink where its producers write to; null for none
     */
    LimitComponent(LimitSource source, LimitSink sink) {
        this.source = source;
        this.sink = sink;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new LimitEndpoint(uri, this);
    }

    private final class LimitEndpoint extends DefaultEndpoint {

        LimitEndpoint(String uri, LimitComponent component) {
            super(uri, component);
        }

        @Override
        public Producer createProducer() {
            return new LimitProducer(this, sink);
        }

        @Override
        public Consumer createConsumer(Processor processor) throws Exception {
            Consumer consumer = new LimitConsumer(this, processor, source);
            configureConsumer(consumer);
            return consumer;
        }
    }
}
