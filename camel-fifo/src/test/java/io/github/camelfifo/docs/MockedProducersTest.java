package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.FifoComponent;
import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Path;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.util.CamelContextTestHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page says of mocks: beside them the real producer is started, unless it is started lazily. */
@ExtendWith(LeakCheck.class)
class MockedProducersTest {

    private static final String ALL_PIPES = "fifo:*";

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Path pipe;

    /** Two ways to the same, which Camel does by different means. */
    enum Mocking {
        AS_CAMEL_TEST_SUPPORT_DOES {
            @Override
            void mock(DefaultCamelContext context) throws Exception {
                CamelContextTestHelper.enableAutoMocking(context, null, ALL_PIPES);
            }
        },
        BY_ADVICE {
            @Override
            void mock(DefaultCamelContext context) throws Exception {
                AdviceWith.adviceWith(context, "route", advice -> advice.mockEndpointsAndSkip(ALL_PIPES));
            }
        };

        abstract void mock(DefaultCamelContext context) throws Exception;
    }

    @BeforeEach
    void choosePath() {
        pipe = folder.path("deep/er/out");
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    private void start(Mocking mocking, String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + folder.path("in")).routeId("route").to("fifo:" + pipe + options);
            }
        });
        mocking.mock(context);
        context.start();
    }

    /** Nobody reads the pipe, so that the mock alone can have taken it. */
    private void expectMessageAtTheMock() throws Exception {
        MockEndpoint mock = context.getEndpoint("mock:fifo:" + pipe, MockEndpoint.class);
        mock.expectedBodiesReceived("one");
        try (ShellProcess shell = ShellProcess.sh("echo one > \"$1\"", folder.path("in"))) {
            shell.await();
        }
        mock.assertIsSatisfied();
    }

    @ParameterizedTest
    @EnumSource
    void theRealProducerIsStartedAndMakesItsPipeAndFolders(Mocking mocking) throws Exception {
        start(mocking, "");

        assertThat(pipe).exists();
        expectMessageAtTheMock();
    }

    @ParameterizedTest
    @EnumSource
    void aProducerThatStartsLazilyMakesNothing(Mocking mocking) throws Exception {
        start(mocking, "?lazyStartProducer=true");

        expectMessageAtTheMock();
        assertThat(folder.path("deep")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    void producersOfAComponentThatStartsThemLazilyMakeNothing(Mocking mocking) throws Exception {
        context.getComponent("fifo", FifoComponent.class).setLazyStartProducer(true);
        start(mocking, "");

        expectMessageAtTheMock();
        assertThat(folder.path("deep")).doesNotExist();
    }
}
