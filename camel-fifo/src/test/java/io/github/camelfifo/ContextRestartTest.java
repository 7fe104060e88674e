package io.github.camelfifo;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A context may be stopped and started as often as one likes. */
class ContextRestartTest extends FifoTestSupport {

    private final Received received = new Received();

    /** Management keeps what it shows, and is not what this is about. */
    @Test
    void aContextThatIsStartedAgainKeepsNoConsumerAndNoComponentOfBefore() throws Exception {
        context.disableJMX();
        start(routes -> routes.from(uri(folder.path("in"))).routeId("in").process(received));
        List<WeakReference<Object>> before = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            before.add(new WeakReference<>(context.getRoute("in").getConsumer()));
            before.add(new WeakReference<>(context.getComponent("fifo")));
            context.stop();
            context.start();
            write(folder.path("in"), i + "\n");
            received.awaitNumbers(i);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return before.stream().allMatch(each -> each.get() == null);
        });
    }
}
