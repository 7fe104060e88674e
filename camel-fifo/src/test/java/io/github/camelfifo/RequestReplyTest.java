package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two FIFOs for a question and its answer, with a shell or Python on the other side. */
class RequestReplyTest extends FifoTestSupport {

    private static final String SHELL_SERVER = """
            while read -r line; do
              case $line in
                slow) until [ -e "$4" ]; do sleep 0.05; done;;
                none) continue;;
              esac
              echo "got $line" >&3
              case $line in twice) echo surplus >&3; : > "$3";; esac
            done < "$1" 3<> "$2"
            """;
    private static final String PYTHON_SERVER = """
            import os, sys, time
            with open(sys.argv[2], 'r+b', 0) as out, open(sys.argv[1], 'rb', 0) as questions:
                while True:
                    line = questions.readline()
                    while line == b'slow\\n' and not os.path.exists(sys.argv[4]):
                        time.sleep(0.05)
                    if line and line != b'none\\n':
                        out.write(b'got ' + line)
                    if line == b'twice\\n':
                        out.write(b'surplus\\n')
                        open(sys.argv[3], 'w').close()
            """;

    private Path requests;
    private Path replies;
    private Path surplusIsSaid;
    private Path slowAnswerIsDue;

    @Test
    void aRouteAnswersAShellAndOneThatFailsDoesNot() throws Exception {
        requests = folder.fifo("requests");
        replies = folder.fifo("replies");
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
        ProducerTemplate template = client(false, "requestTimeout=10000");

        for (int i = 0; i < 200; i++) {
            assertThat(template.requestBody("direct:ask", "" + i, String.class)).isEqualTo("got " + i);
        }
    }

    @Test
    void pythonAnswersARoute() throws Exception {
        ProducerTemplate template = client(true, "requestTimeout=10000");

        for (int i = 0; i < 200; i++) {
            assertThat(template.requestBody("direct:ask", "" + i, String.class)).isEqualTo("got " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLateAnswerIsNotTheNextOnesNorIsAMissingOneWaitedForTwice(boolean inPython) throws Exception {
        ProducerTemplate template = client(inPython, "requestTimeout=2000");

        awaitServer(template);
        assertThatThrownBy(() -> template.requestBody("direct:ask", "slow"))
                .hasRootCauseInstanceOf(ExchangeTimedOutException.class);
        // the next one is put off for it, for as long as requestTimeout once more
        Files.createFile(slowAnswerIsDue);
        assertThat(template.requestBody("direct:ask", "a", String.class)).isEqualTo("got a");
        assertThatThrownBy(() -> template.requestBody("direct:ask", "none"))
                .hasRootCauseInstanceOf(ExchangeTimedOutException.class);
        assertThat(template.requestBody("direct:ask", "b", String.class)).isEqualTo("got b");
        assertThat(template.requestBody("direct:ask", "c", String.class)).isEqualTo("got c");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSurplusAnswerIsNotTheNextOnes(boolean inPython) throws Exception {
        ProducerTemplate template = client(inPython, "requestTimeout=10000");

        for (int i = 0; i < 3; i++) {
            assertThat(template.requestBody("direct:ask", "twice", String.class))
                    .isEqualTo("got twice");
            // from then on it can be told from the next answer
            await().until(() -> Files.deleteIfExists(surplusIsSaid));
            assertThat(template.requestBody("direct:ask", "a" + i, String.class))
                    .isEqualTo("got a" + i);
        }
    }

    @Test
    void manyAtOnceGetEachItsOwnAnswer() throws Exception {
        ProducerTemplate template = client(false, "requestTimeout=60000");

        Crowd.run(8, number -> {
            for (int i = 0; i < 50; i++) {
                String question = number + "-" + i;
                assertThat(template.requestBody("direct:ask", question, String.class))
                        .isEqualTo("got " + question);
            }
        });
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

    private static void awaitServer(ProducerTemplate template) {
        await().ignoreExceptions()
                .until(() -> template.requestBody("direct:ask", "hello", String.class)
                        .equals("got hello"));
    }

    private ProducerTemplate client(boolean inPython, String options) throws Exception {
        requests = folder.fifo("requests");
        replies = folder.fifo("replies");
        surplusIsSaid = folder.path("surplus");
        slowAnswerIsDue = folder.path("due");
        closing(
                inPython
                        ? ShellProcess.python(PYTHON_SERVER, requests, replies, surplusIsSaid, slowAnswerIsDue)
                        : ShellProcess.sh(SHELL_SERVER, requests, replies, surplusIsSaid, slowAnswerIsDue));
        start(routes -> routes.from("direct:ask")
                .errorHandler(routes.noErrorHandler())
                .to(uri(requests, "replyTo=" + replies, options)));
        return context.createProducerTemplate();
    }
}
