package io.github.camelfifo;

import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A route that ends with its writers, where two FIFOs are read because the path has changed hands. */
class StopOnEofTest extends FifoTestSupport {

    private final Received received = new Received();
    private final Faults faults = new Faults();
    private final LogCapture log = new LogCapture();

    @Test
    void theRouteStopsWhenTheOldFifoIsStillBeingClosedWhileTheNewOneEnds() throws Exception {
        CountDownLatch closes = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        closing(goesOn::countDown);
        context.addComponent("fifo", new WatchedComponent(faults.posix()));
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo, "stopOnEof=true")).routeId("load").process(received));
        PipeEnd old = writer(fifo);
        old.write("1\n");
        received.awaitCount(1);
        FifoFolder.rename(folder.fifo("new"), fifo);
        await().until(() ->
                !log.lines("WARN", fifo.toString(), "was removed or replaced").isEmpty());
        PipeEnd fresh = writer(fifo);
        fresh.write("2\n");
        received.awaitCount(2);
        faults.instead("ioctl", call -> {
            if (closes.getCount() > 0 && isAccountedFor()) {
                closes.countDown();
                goesOn.await();
            }
            return call.proceed();
        });

        old.close();
        closes.await();
        fresh.close();
        // so that its end is found meanwhile, which cannot be seen
        await().pollDelay(Duration.ofMillis(300)).until(() -> true);
        goesOn.countDown();

        await().until(() -> context.getRouteController().getRouteStatus("load").isStopped());
        received.assertNumbers(2);
    }

    /** What is left in a FIFO that is closed is asked for. */
    private static boolean isAccountedFor() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals("accountForPipe")));
    }
}
