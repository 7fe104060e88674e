package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.testing.Catalog;
import java.util.Map;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors, the Camel CLI and other tools find out about the component, and about its endpoints in a text. */
class CatalogTest extends FifoTestSupport {

    private static final String GOOD = "fifo:/run/shop/orders?framing=DELIMITED&delimiter=;&maxFrameLength=64k"
            + "&readerTimeout=5s&autoCreate=false&checkInterval=0&maxBatchSize=10";

    private CamelCatalog catalog;

    @BeforeEach
    void addTheComponent() throws Exception {
        catalog = new DefaultCamelCatalog();
        catalog.addComponent("fifo", FifoComponent.class.getName(), Catalog.json());
    }

    @Test
    void theCatalogKnowsTheComponentOnceItIsTold() {
        assertThat(new DefaultCamelCatalog().findComponentNames()).doesNotContain("fifo");
        CamelCatalog withoutText = new DefaultCamelCatalog();
        withoutText.addComponent("fifo", FifoComponent.class.getName());
        assertThat(withoutText.componentJSonSchema("fifo")).isNull();
        assertThat(catalog.findComponentNames()).contains("fifo");
        assertThat(catalog.componentModel("fifo").getTitle()).isEqualTo("FIFO");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fifo:/run/shop/orders", "fifo:orders", "fifo:///run/shop/orders", GOOD})
    void aGoodUriIsValid(String uri) {
        assertThat(catalog.validateEndpointProperties(uri).isSuccess())
                .as(catalog.validateEndpointProperties(uri).summaryErrorMessage(true))
                .isTrue();
    }

    @Test
    void theOptionsOfOneSideAreValidOnlyThere() {
        assertThat(catalog.validateEndpointProperties("fifo:in?chunkSize=4k", false, true, false)
                        .isSuccess())
                .isTrue();
        assertThat(catalog.validateEndpointProperties("fifo:in?readerTimeout=5s", false, true, false)
                        .getNotConsumerOnly())
                .containsExactly("readerTimeout");
        assertThat(catalog.validateEndpointProperties("fifo:out?chunkSize=4k", false, false, true)
                        .getNotProducerOnly())
                .containsExactly("chunkSize");
    }

    @Test
    void aWrongOneIsRefusedByName() {
        assertThat(wrong("fifo:in?maxFrameSize=2k").getUnknown()).containsExactly("maxFrameSize");
        assertThat(wrong("fifo:in?framing=WORDS").getInvalidEnum()).containsExactly(Map.entry("framing", "WORDS"));
        assertThat(wrong("fifo:in?framing=WORDS").getEnumChoices("framing")).contains("LINES", "LENGTH_PREFIXED");
        assertThat(wrong("fifo:in?lengthFieldSize=3").getInvalidEnum()).containsKey("lengthFieldSize");
        assertThat(wrong("fifo:in?maxBatchSize=many").getInvalidInteger()).containsKey("maxBatchSize");
        assertThat(wrong("fifo:in?autoCreate=maybe").getInvalidBoolean()).containsKey("autoCreate");
        assertThat(wrong("fifo:in?readerTimeout=later").getInvalidDuration()).containsKey("readerTimeout");
        assertThat(wrong("fifo:?framing=LINES").getRequired()).containsExactly("path");
    }

    private EndpointValidationResult wrong(String uri) {
        EndpointValidationResult result = catalog.validateEndpointProperties(uri);
        assertThat(result.isSuccess()).as(uri).isFalse();
        return result;
    }

    /** The catalog knows types and no rules. */
    @Test
    void whatATextMayBeOnlyTheComponentKnows() {
        String uri = "fifo:in?maxFrameLength=2x";

        assertThat(catalog.validateEndpointProperties(uri).isSuccess()).isTrue();
        assertThatThrownBy(() -> context.getEndpoint(uri)).hasStackTraceContaining("maxFrameLength=2x");
    }

    /** No URI of this component may have options that it does not know, whatever a tool allows others. */
    @Test
    void anUnknownOptionIsRefusedThoughTheToolIsLenient() {
        assertThat(catalog.validateEndpointProperties("fifo:in?maxFrameSize=2k", true)
                        .isSuccess())
                .isFalse();
        assertThat(catalog.componentModel("fifo").isLenientProperties()).isFalse();
    }

    @Test
    void propertiesOfTheComponentAreValidated() {
        assertThat(property("camel.component.fifo.worker-threads=8").isSuccess())
                .isTrue();
        assertThat(property("camel.component.fifo.reader-timeout=5s").isSuccess())
                .isTrue();
        assertThat(property("camel.component.fifo.workerThreads=many").getInvalidInteger())
                .hasSize(1);
        assertThat(property("camel.component.fifo.workers=8").getUnknown()).hasSize(1);
        assertThat(property("camel.component.fifo.framing=WORDS").getInvalidEnum())
                .hasSize(1);
    }

    private ConfigurationPropertiesValidationResult property(String line) {
        return catalog.validateConfigurationProperty(line);
    }

    @Test
    void theCatalogOfAStartedContextKnowsTheComponentByItself() {
        context.start();
        RuntimeCamelCatalog runtime = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);

        assertThat(runtime.componentJSonSchema("fifo")).contains("Read from and write to named pipes");
        assertThat(runtime.validateProperties("fifo", Map.of("path", "in", "framing", "LINES"))
                        .isSuccess())
                .isTrue();
        EndpointValidationResult wrong = runtime.validateProperties(
                "fifo",
                Map.of(
                        "path", "in",
                        "framing", "WORDS",
                        "maxFrameSize", "2k",
                        "maxBatchSize", "many",
                        "autoCreate", "maybe",
                        "readerTimeout", "later"));
        assertThat(wrong.isSuccess()).isFalse();
        assertThat(wrong.getUnknown()).containsExactly("maxFrameSize");
        assertThat(wrong.getInvalidEnum()).containsExactly(Map.entry("framing", "WORDS"));
        assertThat(wrong.getInvalidInteger()).containsKey("maxBatchSize");
        assertThat(wrong.getInvalidBoolean()).containsKey("autoCreate");
        assertThat(wrong.getInvalidDuration()).containsKey("readerTimeout");
    }

    @Test
    void bothTakeAUriApartAndPutItTogether() throws Exception {
        context.start();
        RuntimeCamelCatalog runtime = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class);

        assertThat(catalog.endpointProperties(GOOD))
                .isEqualTo(runtime.endpointProperties(GOOD))
                .containsEntry("path", "/run/shop/orders")
                .containsEntry("maxFrameLength", "64k");
        assertThat(runtime.asEndpointUri("fifo", catalog.endpointProperties(GOOD), false))
                .startsWith("fifo:/run/shop/orders?")
                .contains("delimiter=");
    }
}
