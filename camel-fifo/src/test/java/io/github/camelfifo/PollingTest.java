package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.ConsumerTemplate;
import org.junit.jupiter.api.Test;

/** Frames that are taken one by one. */
class PollingTest extends FifoTestSupport {

    @Test
    void eachCallTakesOneFrameAndWhatFollowsWaits() throws Exception {
        Path fifo = folder.fifo("in");
        context.start();
        ConsumerTemplate template = context.createConsumerTemplate();
        assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();

        write(fifo, "1\n2\n3\n");

        assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("1");
        assertThat(template.receiveBodyNoWait(uri(fifo))).isEqualTo("2");
        assertThat(template.receiveBody(uri(fifo))).isEqualTo("3");
        assertThat(template.receiveBody(uri(fifo), 20)).isNull();
        assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
    }

    @Test
    void whatFollowsIsKeptAlsoWhenThePollingConsumerIsMadeAnew() throws Exception {
        Path fifo = folder.fifo("in");
        context.start();
        for (int i = 1; i <= 3; i++) {
            try (ConsumerTemplate template = context.createConsumerTemplate()) {
                if (i == 1) {
                    assertThat(template.receiveBodyNoWait(uri(fifo))).isNull();
                    write(fifo, "1\n2\n3\n");
                }
                assertThat(template.receiveBody(uri(fifo), 30_000)).isEqualTo("" + i);
            }
        }
    }

    @Test
    void aRouteEnrichesItsMessagesWithLines() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from("direct:next").pollEnrich(uri(fifo), 10_000));
        assertThat(context.createConsumerTemplate().receiveBodyNoWait(uri(fifo)))
                .isNull();
        write(fifo, "a\nb\n");

        assertThat(context.createProducerTemplate().requestBody("direct:next", null, String.class))
                .isEqualTo("a");
        assertThat(context.createProducerTemplate().requestBody("direct:next", null, String.class))
                .isEqualTo("b");
    }
}
