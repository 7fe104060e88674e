package io.github.camelfifo.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.Catalog;
import java.lang.reflect.RecordComponent;
import java.util.stream.Stream;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.junit.jupiter.api.Test;

/** Whoever adds an option to the component adds it here. */
class FifoComponentConfigurationTest {

    @Test
    void itHasTheOptionsOfTheCatalog() throws Exception {
        assertThat(Stream.of(FifoComponentConfiguration.class.getRecordComponents())
                        .map(RecordComponent::getName))
                .containsExactlyElementsOf(Catalog.model().getComponentOptions().stream()
                        .map(BaseOptionModel::getName)
                        .sorted()
                        .toList());
    }
}
