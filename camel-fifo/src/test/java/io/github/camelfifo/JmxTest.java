package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** What whoever looks at an endpoint through JMX finds there. */
class JmxTest extends FifoTestSupport {

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

        MBeanServer server =
                context.getManagementStrategy().getManagementAgent().getMBeanServer();
        ObjectName name = context.getManagementStrategy()
                .getManagementObjectNameStrategy()
                .getObjectNameForEndpoint(endpoint(uri));
        assertThat(server.getAttribute(name, "DiscardedMessages")).isEqualTo(2L);
        assertThat(server.getMBeanInfo(name).getAttributes())
                .filteredOn(attribute -> attribute.getName().equals("DiscardedMessages"))
                .extracting(MBeanAttributeInfo::getDescription)
                .singleElement()
                .asString()
                .contains("nobody reads", "pipe is full");
    }
}
