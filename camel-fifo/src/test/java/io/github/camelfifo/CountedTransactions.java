package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.TransactedPolicy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Transactions of a route: bound to their thread, as those of a database are, they do nothing but keep what was done in them. */
final class CountedTransactions implements TransactedPolicy {

    private final ThreadLocal<String> current = new ThreadLocal<>();
    private final List<String> committed = new CopyOnWriteArrayList<>();
    private final List<String> rolledBack = new CopyOnWriteArrayList<>();

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // the route is taken as it is
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return new Transaction(processor);
    }

    /** Fails unless the exchange is processed in its transaction's thread. */
    void assertWithin(Exchange exchange) {
        assertThat(current.get()).isEqualTo(exchange.getMessage().getBody(String.class));
        assertThat(exchange.isTransacted()).isTrue();
    }

    /** The bodies of those that were, in order. */
    List<String> committed() {
        return committed;
    }

    /** The bodies of those that were, in order. */
    List<String> rolledBack() {
        return rolledBack;
    }

    /** Around a part of a route, and in one thread with it. */
    private final class Transaction extends DelegateAsyncProcessor {

        Transaction(Processor processor) {
            super(processor);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            String body = exchange.getMessage().getBody(String.class);
            current.set(body);
            exchange.getUnitOfWork().beginTransactedBy(CountedTransactions.this);
            try {
                process(exchange);
            } catch (Exception e) {
                exchange.setException(e);
            } finally {
                exchange.getUnitOfWork().endTransactedBy(CountedTransactions.this);
                current.remove();
            }
            boolean isToCommit = !exchange.isFailed() && !exchange.isRollbackOnly();
            (isToCommit ? committed : rolledBack).add(body);
            callback.done(true);
            return true;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            getProcessor().process(exchange);
        }
    }
}
