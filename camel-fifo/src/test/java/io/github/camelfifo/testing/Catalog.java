package io.github.camelfifo.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** What the build writes of the component for Camel's catalog. */
public final class Catalog {

    private static final String JSON = "/META-INF/io/github/camelfifo/fifo.json";

    private Catalog() {}

    /** As the jar has it. */
    public static String json() throws IOException {
        try (InputStream json = Catalog.class.getResourceAsStream(JSON)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The component with its options and headers. */
    public static ComponentModel model() throws IOException {
        return JsonMapper.generateComponentModel(json());
    }
}
