package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A FIFO with no writer costs next to nothing, and nothing ever waits for one. */
class IdleTest extends FifoTestSupport {

    /** Of pipes of the usual size, a user may have 1,024 (fs.pipe-user-pages-soft), and other tests need some. */
    private static final String SMALL = "pipeCapacity=4k";

    private static final Duration WINDOW = Duration.ofSeconds(2);
    /** Of 2,000 ms: below what is measurable from outside, above what one look at a path needs. */
    private static final long HARDLY_ANY_CPU_MILLIS = 60;

    private final Received received = new Received();

    @Test
    void withNoWriterTheContextStartsAtOnceAndStopsAtOnce() throws Exception {
        Path fifo = folder.fifo("in");
        List<Long> starts = new ArrayList<>();
        List<Long> stops = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            try (DefaultCamelContext each = new DefaultCamelContext()) {
                RouteBuilder.addRoutes(each, routes -> routes.from(uri(fifo)).process(received));
                starts.add(millis(each::start));
                stops.add(millis(each::stop));
            }
        }

        assertThat(Collections.min(starts)).isLessThan(500);
        assertStoppedAtOnce(stops);
    }

    @Test
    void withNoWriterNoCpuIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        FreshThreads threads = new FreshThreads();
        start(routes -> routes.from(uri(fifo)).process(received));

        assertHardlyAnyCpu(threads);
    }

    @Test
    void whenAWriterHasGoneNoCpuIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        FreshThreads threads = new FreshThreads();
        start(routes -> routes.from(uri(fifo)).process(received));
        sh("echo line > \"$1\"; printf half > \"$1\"", fifo).await();
        received.awaitCount(2);

        assertHardlyAnyCpu(threads);
        assertStoppedAtOnce(stopsAfterAWriterHasGone(fifo));
    }

    @Test
    void whileAWriterIsSilentNoCpuIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        FreshThreads threads = new FreshThreads();
        start(routes -> routes.from(uri(fifo)).process(received));
        PipeEnd writer = writer(fifo);
        writer.write("line\nhalf");
        received.awaitCount(1);

        assertHardlyAnyCpu(threads);
    }

    @Test
    void whileSuspendedWithBytesInThePipeNoCpuIsUsed() throws Exception {
        Path fifo = folder.fifo("in");
        FreshThreads threads = new FreshThreads();
        start(routes -> routes.from(uri(fifo)).routeId("in").process(received));
        context.getRouteController().suspendRoute("in");
        PipeEnd writer = writer(fifo);
        writer.write("line\n");

        assertHardlyAnyCpu(threads);
        assertThat(received.count()).isZero();
    }

    @Test
    void aProducerThatWaitsForAReaderUsesHardlyAnyCpu() throws Exception {
        Path fifo = folder.fifo("out");
        FreshThreads threads = new FreshThreads();
        context.start();
        var sent = context.createProducerTemplate().asyncSendBody(uri(fifo, "readerTimeout=0"), "line");

        // it asks again every 10 ms or so: open(2) tells no other way
        assertThat(threads.cpuMillis(WINDOW, 10 * HARDLY_ANY_CPU_MILLIS)).isLessThan(10 * HARDLY_ANY_CPU_MILLIS);
        assertThat(sent).isNotDone();
    }

    @Test
    void aThousandIdleFifosHaveFewThreadsAndUseNoCpu() throws Exception {
        FreshThreads threads = new FreshThreads();
        int descriptorsBefore = LeakCheck.openDescriptors().size();
        context.disableJMX();
        routes(routes -> {
            for (int i = 0; i < 1_000; i++) {
                routes.from(uri(folder.path("in" + i), SMALL)).process(received);
            }
        });

        context.start();
        assertThat(threads.now()).hasSizeLessThan(20);
        assertThat(LeakCheck.openDescriptors().size() - descriptorsBefore).isLessThan(1_010);
        assertHardlyAnyCpu(threads);

        for (int i = 0; i < 1_000; i++) {
            write(folder.path("in" + i), i + "\n");
        }
        received.awaitCount(1_000);
        assertThat(threads.now()).as("workers, 64 of them at most, and a timer").hasSizeLessThanOrEqualTo(70);
    }

    /** On top of what Camel needs for any thousand routes, on a machine that others may use. */
    @Test
    void aThousandIdleFifosStartAndStopInAFewSeconds() throws Exception {
        List<Long> more = new ArrayList<>();
        do {
            long others = millisOfAThousandRoutes("direct:in", "");
            more.add(millisOfAThousandRoutes("fifo:" + folder.path("in"), "?" + SMALL) - others);
        } while (more.get(more.size() - 1) >= 3_000 && more.size() < 3);

        assertThat(Collections.min(more)).isLessThan(3_000);
    }

    /** A buffer of the default size for each would be 64 MB. */
    @Test
    void aThousandFifosThatHaveBeenReadFromKeepAFewKilobytesEach() throws Exception {
        context.disableJMX();
        routes(routes -> {
            for (int i = 0; i < 1_000; i++) {
                routes.from(uri(folder.path("in" + i), SMALL)).process(received);
            }
        });
        context.start();
        long before = bytesInUse();
        List<PipeEnd> writers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            PipeEnd writer = writer(folder.path("in" + i));
            writer.write(i + "\nbegun");
            writers.add(writer);
        }
        received.awaitCount(1_000);
        writers.forEach(PipeEnd::awaitEmpty);

        // the writers' ends are the test's own: 64 KB each; and what Camel keeps of a route's first message is in it
        long each = (bytesInUse() - before) / 1_000 - PipeEnd.BUFFER_BYTES;
        assertThat(each).isLessThan(16 * 1024);
    }

    /** On the heap and in direct buffers; the least of several looks, as garbage goes when it likes. */
    private static long bytesInUse() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .mapToLong(BufferPoolMXBean::getMemoryUsed)
                    .sum();
            least = Math.min(
                    least,
                    direct
                            + ManagementFactory.getMemoryMXBean()
                                    .getHeapMemoryUsage()
                                    .getUsed());
        }
        return least;
    }

    static void assertHardlyAnyCpu(FreshThreads threads) throws InterruptedException {
        assertThat(threads.cpuMillis(WINDOW, HARDLY_ANY_CPU_MILLIS)).isLessThan(HARDLY_ANY_CPU_MILLIS);
    }

    /** Of several: other processes may take the CPU away from some, and the first loads the library and half of Camel. */
    private static void assertStoppedAtOnce(List<Long> millis) {
        assertThat(Collections.min(millis)).isLessThan(100);
        assertThat(millis.stream().sorted().toList().get(millis.size() / 2))
                .as("most not after Camel's next look, a second later: %s", millis)
                .isLessThan(900);
    }

    private long millisOfAThousandRoutes(String uri, String options) throws Exception {
        try (DefaultCamelContext each = new DefaultCamelContext()) {
            each.disableJMX();
            RouteBuilder.addRoutes(each, routes -> {
                for (int i = 0; i < 1_000; i++) {
                    routes.from(uri + i + options).process(received);
                }
            });
            return millis(each::start) + millis(each::stop);
        }
    }

    private List<Long> stopsAfterAWriterHasGone(Path fifo) throws Exception {
        List<Long> stops = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            try (DefaultCamelContext each = new DefaultCamelContext()) {
                Received lines = new Received();
                Path other = fifo.resolveSibling("other" + i);
                RouteBuilder.addRoutes(each, routes -> routes.from(uri(other)).process(lines));
                each.start();
                write(other, "line\n");
                lines.awaitCount(1);
                stops.add(millis(each::stop));
            }
        }
        return stops;
    }
}
