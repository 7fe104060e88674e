package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.JRE;

/** That Camel really makes virtual threads where all other tests run with them, and that ours are none. */
@EnabledForJreRange(min = JRE.JAVA_21)
@EnabledIfSystemProperty(named = "camel.threads.virtual.enabled", matches = "true")
class VirtualThreadsTest extends FifoTestSupport {

    private static final int LINES = 1_000;

    private final Received received = new Received();
    private final Map<String, Boolean> virtual = new ConcurrentHashMap<>();

    private void note(String where) {
        try {
            // Thread.isVirtual, which the JDK that this is compiled for does not have
            Object answer = Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
            virtual.merge(where, (Boolean) answer, Boolean::logicalAnd);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private Processor noting(String where) {
        return (Exchange exchange) -> note(where);
    }

    @Test
    void workersAreNoneAndThoseThatSendMayBe() throws Exception {
        Path in = folder.fifo("in");
        Path out = folder.fifo("out");
        start(routes -> {
            routes.from(uri(in)).process(noting("worker")).to("seda:between?size=" + LINES);
            routes.from("seda:between").process(noting("seda")).to(uri(out, "synchronous=true"));
            routes.from(uri(out)).process(noting("worker")).process(received);
        });

        write(in, Received.lines(LINES));

        received.awaitNumbers(LINES);
        assertThat(virtual).containsExactlyInAnyOrderEntriesOf(Map.of("worker", false, "seda", true));
    }

    @Test
    void oneThatWaitsForAReaderDoesNotKeepTheContextFromStopping() throws Exception {
        Path out = folder.fifo("out");
        Received begun = new Received();
        Received failed = new Received();
        start(routes -> {
            routes.onException(Exception.class).handled(true).process(failed);
            routes.from("seda:waiting").process(begun).to(uri(out, "synchronous=true", "readerTimeout=0"));
        });
        context.createProducerTemplate().sendBody("seda:waiting", "line");
        begun.awaitCount(1);

        assertThat(millis(context::stop)).isLessThan(30_000);

        assertThat(failed.lines()).containsExactly("line");
    }
}
