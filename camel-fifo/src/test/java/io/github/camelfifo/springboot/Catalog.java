package io.github.camelfifo.springboot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.apache.camel.tooling.model.JsonMapper;

/** The component's options as the catalog has them. */
final class Catalog {

    private static final String JSON = "/META-INF/io/github/camelfifo/fifo.json";

    private Catalog() {}

    static List<ComponentOptionModel> options() throws IOException {
        try (InputStream json = Catalog.class.getResourceAsStream(JSON)) {
            return JsonMapper.generateComponentModel(new String(json.readAllBytes(), StandardCharsets.UTF_8))
                    .getComponentOptions();
        }
    }
}
