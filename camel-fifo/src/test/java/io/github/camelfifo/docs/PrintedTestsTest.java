package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.Snippets;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** The test classes that the component page prints are compiled and run as they stand there. */
@ExtendWith(LeakCheck.class)
class PrintedTestsTest {

    /** The route that they test. */
    static final String ROUTE = "tested-route";

    /** The class that they extend. */
    static final String SHARED = "tests-share";

    private static final Snippets PAGE = Snippets.ofComponentPage();

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    /** They switch JMX off for whatever comes after them. */
    @AfterEach
    void forgetWhatTheySwitchOff() {
        DefaultCamelContext.clearOptions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test-with-pipes", "test-without-pipes", "test-with-mocks"})
    void theyPass(String example) throws Exception {
        List<String> sources = Stream.of(ROUTE, SHARED, example)
                .map(name -> PAGE.get(name, "java").code())
                .toList();
        try (URLClassLoader loader = new SnippetCompiler(folder.path()).compile(sources)) {
            Class<?> test = loader.loadClass(SnippetCompiler.className(sources.get(2)));
            assertThat(test).isAssignableTo(CamelTestSupport.class);

            TestExecutionSummary summary = run(test);

            assertThat(summary.getFailures()).extracting(Failure::getException).isEmpty();
            assertThat(summary.getTestsSucceededCount()).isPositive().isEqualTo(summary.getTestsFoundCount());
        }
    }

    /** Apart from the run of which this is a part. */
    private static TestExecutionSummary run(Class<?> test) {
        LauncherConfig alone = LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(test))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create(alone).execute(request, listener);
        return listener.getSummary();
    }
}
