package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.Soon;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import javax.management.MBeanAttributeInfo;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** What whoever looks at an endpoint through JMX finds there. */
class JmxTest extends FifoTestSupport {

    /** The attribute of each figure. */
    private static final Map<Figure, String> ATTRIBUTES = Arrays.stream(Figure.values())
            .collect(Collectors.toMap(figure -> figure, figure -> switch (figure) {
                case DISCARDED -> "DiscardedMessages";
                case OVERSIZED, MALFORMED, REDELIVERED -> capitalized(figure) + "Frames";
                default -> capitalized(figure);
            }));

    private static String capitalized(Figure figure) {
        return figure.key().substring(0, 1).toUpperCase(Locale.ROOT)
                + figure.key().substring(1);
    }

    private ObjectName name(String uri) throws Exception {
        return Monitoring.objectName(endpoint(uri));
    }

    private Object attribute(String uri, String attribute) throws Exception {
        return Monitoring.attribute(endpoint(uri), attribute);
    }

    @Test
    void discardedMessagesAreThoseThatNobodyReadsAndThoseThatAFullPipeHasNoRoomFor() throws Exception {
        Path fifo = folder.fifo("out");
        String uri = uri(fifo, "noReader=DISCARD", "whenFull=DISCARD");
        start(routes -> routes.from("direct:a").to(uri));
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("direct:a", "line");
        reader(fifo);
        writer(fifo).fill();
        template.sendBody("direct:a", "line");

        assertThat(attribute(uri, "DiscardedMessages")).isEqualTo(2L);
        assertThat(Monitoring.server(context).getMBeanInfo(name(uri)).getAttributes())
                .filteredOn(attribute -> attribute.getName().equals("DiscardedMessages"))
                .extracting(MBeanAttributeInfo::getDescription)
                .singleElement()
                .asString()
                .contains("nobody reads", "pipe is full");
    }

    @Test
    void everyFigureIsAnAttributeWithTheSameValue() throws Exception {
        Path fifo = folder.fifo("in");
        AtomicBoolean fails = new AtomicBoolean(true);
        String uri = uri(fifo, "acknowledge=ON_COMPLETION", "onFailure=RETRY", "retryDelay=1", "maxFrameLength=4");
        start(routes -> {
            routes.from(uri).filter(exchange -> fails.getAndSet(false)).throwException(new IllegalStateException("no"));
            routes.from("direct:a").to(uri);
        });
        write(fifo, "abc\n12345\n\u00ff\n");
        context.createProducerTemplate().sendBody("direct:a", "x");
        Soon.await()
                .untilAsserted(() ->
                        assertThat(endpoint(uri).figures().counts().framesIn()).isEqualTo(3));
        await().until(() -> endpoint(uri).figures().gauges().bytesWaiting() == 0);

        Map<String, String> descriptions = Arrays.stream(
                        Monitoring.server(context).getMBeanInfo(name(uri)).getAttributes())
                .collect(Collectors.toMap(MBeanAttributeInfo::getName, MBeanAttributeInfo::getDescription));
        for (Figure figure : Figure.values()) {
            assertThat(descriptions.get(ATTRIBUTES.get(figure))).startsWith(figure.description());
            assertThat(attribute(uri, ATTRIBUTES.get(figure)))
                    .describedAs(ATTRIBUTES.get(figure))
                    .isEqualTo(figure.of(endpoint(uri).figures()));
        }
        assertThat(attribute(uri, "OversizedFrames")).isEqualTo(1L);
        assertThat(attribute(uri, "RedeliveredFrames")).isEqualTo(1L);
        assertThat(attribute(uri, "BytesIn")).isEqualTo(15L);
        assertThat(attribute(uri, "BytesOut")).isEqualTo(2L);
        assertThat(attribute(uri, "ConsumerState")).isEqualTo("flowing");
        assertThat(attribute(uri, "AbsolutePath")).isEqualTo(fifo.toString());
        assertThat(attribute(uri, "Inode")).isEqualTo(FifoFolder.inode(fifo));
        assertThat(attribute(uri, "LastError"))
                .isEqualTo(endpoint(uri).figures().failure().text());
        assertThat(Instant.parse((String) attribute(uri, "LastErrorTime"))).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aResetSetsTheCountersToZero() throws Exception {
        Path fifo = folder.fifo("in");
        String uri = uri(fifo, "maxFrameLength=4");
        start(routes -> routes.from(uri).to("mock:out"));
        write(fifo, "abc\n12345\n");
        await().until(() -> attribute(uri, "OversizedFrames").equals(1L));

        assertThat(Monitoring.server(context).invoke(name(uri), "resetStatistics", null, null))
                .isNull();

        for (Figure figure : Figure.values()) {
            if (figure.isCounter()) {
                assertThat(attribute(uri, ATTRIBUTES.get(figure))).isEqualTo(0L);
            }
        }
        assertThat(attribute(uri, "LastError")).isNull();
        assertThat(attribute(uri, "LastErrorTime")).isNull();
        assertThat(attribute(uri, "Capacity")).isEqualTo(65_536L);
        write(fifo, "d\n");
        await().until(() -> attribute(uri, "FramesIn").equals(1L));
    }

    /** The client has none of our classes, nor Camel's, in a real remote session: only open types pass there. */
    @Test
    @SuppressWarnings("BanJNDI") // the server is in this JVM
    void aRemoteClientReadsTheTableOfAFolder() throws Exception {
        Path in = Files.createDirectory(folder.path("in"));
        Path a = folder.fifo("in/a");
        folder.fifo("in/b");
        String uri = uri(in, "include=*", "maxFrameLength=4");
        start(routes -> routes.from(uri).to("mock:out"));
        write(a, "abc\n12345\n");
        await().until(() -> attribute(uri, "OversizedFrames").equals(1L));
        JMXConnectorServer remote = JMXConnectorServerFactory.newJMXConnectorServer(
                new JMXServiceURL("service:jmx:rmi://"), null, ManagementFactory.getPlatformMBeanServer());
        remote.start();
        closing(remote::stop);
        JMXConnector client = closing(JMXConnectorFactory.connect(remote.getAddress()));

        TabularData table = (TabularData) client.getMBeanServerConnection().getAttribute(name(uri), "Pipes");

        Map<String, CompositeData> rows = new TreeMap<>();
        table.values().forEach(row -> rows.put((String) ((CompositeData) row).get("name"), (CompositeData) row));
        assertThat(rows).containsOnlyKeys("a", "b");
        CompositeData row = rows.get("a");
        assertThat(row.getAll(new String[] {"path", "state", "bytesIn", "framesIn", "sessions", "oversized"}))
                .containsExactly(a.toString(), "flowing", 10L, 1L, 1L, 1L);
        assertThat(row.get("inode")).isEqualTo(FifoFolder.inode(a));
        assertThat(row.get("lastError")).asString().contains(a.toString());
        assertThat(Instant.parse((String) row.get("lastErrorTime"))).isBeforeOrEqualTo(Instant.now());
        assertThat(rows.get("b").getAll(new String[] {"bytesIn", "lastError", "lastErrorTime"}))
                .containsExactly(0L, null, null);
        for (Figure figure : Figure.values()) {
            assertThat(row.getCompositeType().getDescription(figure.key())).isEqualTo(figure.description());
        }
    }

    @Test
    void theTableOfASingleFifoHasOneRow() throws Exception {
        Path fifo = folder.fifo("in");
        String uri = uri(fifo);
        start(routes -> routes.from(uri).to("mock:out"));
        write(fifo, "abc\n");
        await().until(() -> attribute(uri, "FramesIn").equals(1L));

        assertThat(((TabularData) attribute(uri, "Pipes")).values())
                .singleElement()
                .satisfies(row -> assertThat(((CompositeData) row).getAll(new String[] {"path", "framesIn"}))
                        .containsExactly(fifo.toString(), 1L));
    }
}
