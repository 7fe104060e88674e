package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Catalog;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;

/** What Camel's tools and operators take for granted of a component. */
class ConventionsTest extends FifoTestSupport {

    private final Received received = new Received();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    private void noteThread(Exchange exchange) {
        threads.add(Thread.currentThread().getName());
    }

    private static List<String> ofGroup(Stream<? extends BaseOptionModel> options, String group) {
        return options.filter(option -> option.getGroup().equals(group))
                .map(BaseOptionModel::getName)
                .toList();
    }

    @Test
    void theEndpointIsKnownToBeAsynchronous() throws Exception {
        assertThat(Catalog.model().isAsync()).isTrue();
    }

    @Test
    void optionsOfSecurityAndForAdvancedUsersAreGroupsOfTheirOwn() throws Exception {
        ComponentModel catalog = Catalog.model();

        assertThat(ofGroup(catalog.getEndpointParameterOptions().stream(), "security"))
                .containsExactlyInAnyOrder("strict", "permissions", "owner", "group");
        assertThat(ofGroup(catalog.getEndpointParameterOptions().stream(), "advanced"))
                .containsExactlyInAnyOrder("pipeCapacity", "checkInterval", "lengthFieldSize", "synchronous");
        assertThat(ofGroup(catalog.getComponentOptions().stream(), "security"))
                .containsExactlyInAnyOrder("baseDirectory", "strict", "permissions", "owner", "group");
        assertThat(ofGroup(catalog.getComponentOptions().stream(), "advanced"))
                .contains("workerThreads", "pipeCapacity", "checkInterval", "lengthFieldSize");
        assertThat(ofGroup(catalog.getComponentOptions().stream(), "health"))
                .containsExactlyInAnyOrder("healthCheckConsumerEnabled", "healthCheckProducerEnabled");
    }

    @Test
    void threadsHaveTheNamesThatCamelGivesItsOwn() throws Exception {
        Path fifo = folder.fifo("in");
        start(routes -> routes.from(uri(fifo)).process(this::noteThread).process(received));

        write(fifo, Received.lines(3));

        received.awaitNumbers(3);
        assertThat(threads)
                .allSatisfy(
                        name -> assertThat(name).matches("Camel \\(" + context.getName() + "\\) thread #\\d+ - fifo"));
    }

    @Test
    void threadsHaveNamesOfTheContextsPattern() throws Exception {
        Path fifo = folder.fifo("in");
        context.getExecutorServiceManager().setThreadNamePattern("shop #camelId# #name# no. #counter#");
        start(routes -> routes.from(uri(fifo)).process(this::noteThread).process(received));

        write(fifo, Received.lines(3));

        received.awaitNumbers(3);
        assertThat(threads)
                .allSatisfy(name -> assertThat(name).matches("shop " + context.getName() + " fifo no. \\d+"));
    }
}
