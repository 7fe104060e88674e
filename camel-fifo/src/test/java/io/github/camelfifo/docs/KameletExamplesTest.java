package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import io.github.camelfifo.testing.Snippets;
import io.github.camelfifo.testing.Soon;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page of runtimes shows of kamelets does what it says. */
@ExtendWith(LeakCheck.class)
class KameletExamplesTest {

    private static final Snippets PAGE = Snippets.ofPage("fifo-runtimes.adoc");

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stopContext() {
        context.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml"})
    void anOrderIsAnsweredAsThePageSays(String language) throws Exception {
        load("kamelets", language);
        String shown = Files.readString(Path.of("src/main/docs/fifo-runtimes.adoc"));
        assertThat(shown).contains("It prints:\n\n----\naccepted: three apples\n----\n");

        try (ShellProcess shell = ShellProcess.sh(PAGE.get("kamelets", "bash").in(folder.path()) + "\nwait")) {
            Soon.await().untilAsserted(() -> assertThat(shell.output()).isEqualTo("accepted: three apples\n"));
        }
    }

    @Test
    void aFolderOfPipesIsRead() throws Exception {
        Files.createDirectory(folder.path("desks"));
        folder.fifo("desks/1.fifo");
        load("kamelet-folder", "yaml");
        MockEndpoint got = got();
        got.expectedBodiesReceived("1.fifo: three apples");

        shell("echo 'three apples' > desks/1.fifo");

        got.assertIsSatisfied();
    }

    @Test
    void aSessionIsRead() throws Exception {
        load("kamelet-session", "java");
        MockEndpoint got = got();
        got.expectedMessageCount(1);

        shell("printf 'one\\ntwo' > orders");

        got.assertIsSatisfied();
        assertThat(got.getExchanges().get(0).getIn().getBody()).isInstanceOf(StreamCache.class);
        assertThat(got.getExchanges().get(0).getIn().getBody(String.class)).isEqualTo("one\ntwo");
    }

    @Test
    void theRouteInsideHasTheNameThatItsUserGivesIt() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:fifo-source/orders?path=" + folder.path("orders"))
                        .routeId("outer")
                        .to("log:got");
            }
        });
        context.start();

        assertThat(context.getRoute("orders").getEndpoint().getEndpointUri()).startsWith("fifo:");
        context.getRouteController().stopRoute("orders");
        assertThatThrownBy(() -> PipeEnd.writing(folder.path("orders")))
                .as("nobody reads it")
                .isNotNull();
    }

    private void load(String name, String language) throws Exception {
        // before the routes, which Camel starts with the context
        context.getCamelContextExtension()
                .registerEndpointCallback(
                        (uri, endpoint) -> uri.startsWith("log:") ? context.getEndpoint("mock:got") : endpoint);
        new SnippetLoader(context, folder.path()).load(PAGE.get(name, language));
        context.start();
    }

    private MockEndpoint got() {
        return context.getEndpoint("mock:got", MockEndpoint.class);
    }

    private void shell(String script) {
        try (ShellProcess shell = ShellProcess.sh("cd \"$1\" && " + script, folder.path())) {
            shell.await();
        }
    }
}
