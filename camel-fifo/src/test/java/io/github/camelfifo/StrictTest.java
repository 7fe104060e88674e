package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.pipe.UntrustedPipeException;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** {@code strict}, for all that opens a FIFO. */
class StrictTest extends FifoTestSupport {

    private final Received received = new Received();

    @Test
    void whatIsMadeIsUsedFromBothSides() throws Exception {
        Path fifo = folder.path("a/fifo");
        String uri = uri(fifo, "strict=true", "permissions=660");
        start(routes -> routes.from(uri).process(received));

        context.createProducerTemplate().sendBody(uri, "line");

        received.awaitLines("line");
        assertThat((Integer) Files.getAttribute(fifo, "unix:mode") & 0777).isEqualTo(0660);
    }

    @Test
    void theConsumerDoesNotStart() throws Exception {
        Path fifo = wide("fifo");
        routes(routes -> routes.from(uri(fifo, "strict=true")).process(received));

        assertThatThrownBy(context::start)
                .hasRootCauseInstanceOf(UntrustedPipeException.class)
                .hasStackTraceContaining("with permissions rw-rw-rw- and accepts")
                .hasStackTraceContaining("with at most rw-------: " + fifo);
    }

    @Test
    void theProducerWritesNothing() throws Exception {
        Path fifo = wide("fifo");
        PipeEnd reader = reader(fifo);
        context.start();
        ProducerTemplate template = context.createProducerTemplate();

        for (String autoCreate : new String[] {"autoCreate=true", "autoCreate=false"}) {
            assertThatThrownBy(() -> template.sendBody(uri(fifo, "strict=true", autoCreate), "secret"))
                    .hasRootCauseInstanceOf(UntrustedPipeException.class)
                    .hasStackTraceContaining(fifo.toString());
        }
        assertThat(reader.unread()).isZero();
    }

    @Test
    void nothingIsPolled() throws Exception {
        Path fifo = wide("fifo");
        context.start();
        ConsumerTemplate template = context.createConsumerTemplate();

        assertThatThrownBy(() -> template.receiveBodyNoWait(uri(fifo, "strict=true")))
                .hasRootCauseInstanceOf(UntrustedPipeException.class);
    }

    @Test
    void noAnswerIsTakenFromAReplyFifoOfSomebodyElse() throws Exception {
        Path replies = AnotherUser.give(folder.fifo("replies"));
        context.start();

        assertThatThrownBy(() -> context.createProducerTemplate()
                        .requestBody(uri(folder.path("fifo"), "strict=true", "replyTo=" + replies), "question"))
                .hasRootCauseInstanceOf(UntrustedPipeException.class)
                .hasStackTraceContaining(replies.toString());
    }

    @Test
    void aMessageIsRefusedThatFindsAnotherFifoThanTheProducerDid() throws Exception {
        Path fifo = folder.fifo("fifo");
        start(routes -> routes.from("direct:in").to(uri(fifo, "strict=true", "readerTimeout=5s")));
        Files.delete(fifo);
        PipeEnd reader = reader(wide("fifo"));

        assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:in", "secret"))
                .hasRootCauseInstanceOf(UntrustedPipeException.class);
        assertThat(reader.unread()).isZero();
    }

    /** All that write to one path share a descriptor, but not one that some of them would not have opened. */
    @Test
    void aProducerThatIsNotStrictOpensNothingForOneThatIs() throws Exception {
        Path fifo = folder.fifo("fifo");
        start(routes -> {
            routes.from("direct:strict").to(uri(fifo, "strict=true"));
            routes.from("direct:any").to(uri(fifo));
        });
        Files.delete(fifo);
        PipeEnd reader = reader(wide("fifo"));
        ProducerTemplate template = context.createProducerTemplate();
        template.sendBody("direct:any", "for all");

        assertThatThrownBy(() -> template.sendBody("direct:strict", "secret"))
                .hasRootCauseInstanceOf(UntrustedPipeException.class);
        assertThat(reader.unread()).isEqualTo("for all\n".length());
    }

    @Test
    void anOwnerWhoseFifosWouldBeRefusedIsRefusedWithTheEndpoint() {
        Path fifo = folder.path("fifo");
        assertThatThrownBy(() -> context.getEndpoint(uri(fifo, "strict=true", "owner=12345")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .hasStackTraceContaining("strict=true does not go with owner=12345; ")
                .hasStackTraceContaining(fifo.toString());

        assertThat(context.getEndpoint(uri(fifo, "strict=true", "owner=root"))).isNotNull();
    }

    private Path wide(String name) throws Exception {
        Path fifo = folder.fifo(name);
        Files.setAttribute(fifo, "unix:mode", 0666);
        return fifo;
    }
}
