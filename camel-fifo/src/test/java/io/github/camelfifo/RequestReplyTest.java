package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;

/** Two FIFOs for a question and its answer, with a shell or Python on the other side. */
class RequestReplyTest extends FifoTestSupport {

    private static final String SHELL_SERVER =
            "while read -r line; do case $line in slow) sleep 1.5;; none) continue;; esac;"
                    + " echo \"got $line\" >&3; done < \"$1\" 3<> \"$2\"";

    @Test
    void aRouteAnswersAShellAndOneThatFailsDoesNot() throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        start(routes -> routes.from(uri(requests, "replyTo=" + replies))
                .filter(routes.body().isEqualTo("bad"))
                .throwException(new IllegalArgumentException("on purpose"))
                .end()
                .transform(routes.simple("answer to ${body}")));

        ShellProcess answers = sh("head -n 2 \"$1\"", replies);
        sh("printf 'a\\nbad\\nb\\n' > \"$1\"", requests).await();

        assertThat(answers.await()).isEqualTo("answer to a\nanswer to b\n");
    }

    @Test
    void aShellAnswersARoute() throws Exception {
        ProducerTemplate template = client(SHELL_SERVER, "requestTimeout=10000");

        for (int i = 0; i < 200; i++) {
            assertThat(template.requestBody("direct:ask", "" + i, String.class)).isEqualTo("got " + i);
        }
    }

    @Test
    void pythonAnswersARoute() throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        closing(ShellProcess.python("""
                import sys
                with open(sys.argv[2], 'r+b', 0) as out, open(sys.argv[1], 'rb', 0) as questions:
                    while True:
                        line = questions.readline()
                        out.write(b'py ' + line)
                """, requests, replies));
        start(routes -> routes.from("direct:ask").to(uri(requests, "replyTo=" + replies)));

        assertThat(context.createProducerTemplate().requestBody("direct:ask", "hello", String.class))
                .isEqualTo("py hello");
    }

    @Test
    void aLateAnswerIsNotTheNextOnesNorIsAMissingOneWaitedForTwice() throws Exception {
        ProducerTemplate template = client(SHELL_SERVER, "requestTimeout=1200");

        assertThatThrownBy(() -> template.requestBody("direct:ask", "slow"))
                .hasRootCauseInstanceOf(ExchangeTimedOutException.class);
        assertThat(template.requestBody("direct:ask", "a", String.class)).isEqualTo("got a");
        assertThatThrownBy(() -> template.requestBody("direct:ask", "none"))
                .hasRootCauseInstanceOf(ExchangeTimedOutException.class);
        assertThat(template.requestBody("direct:ask", "b", String.class)).isEqualTo("got b");
        assertThat(template.requestBody("direct:ask", "c", String.class)).isEqualTo("got c");
    }

    @Test
    void withoutReplyToAnInOutExchangeKeepsItsBody() throws Exception {
        Path fifo = folder.fifo("out");
        PipeEnd reader = reader(fifo);
        start(routes -> routes.from("direct:ask").to(uri(fifo)));

        assertThat(context.createProducerTemplate().requestBody("direct:ask", "x", String.class))
                .isEqualTo("x");
        reader.expect("x\n");
    }

    private ProducerTemplate client(String server, String options) throws Exception {
        Path requests = folder.fifo("requests");
        Path replies = folder.fifo("replies");
        sh(server, requests, replies);
        start(routes -> routes.from("direct:ask")
                .errorHandler(routes.noErrorHandler())
                .to(uri(requests, "replyTo=" + replies, options)));
        return context.createProducerTemplate();
    }
}
