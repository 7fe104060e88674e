package io.github.camelfifo.docs;

import java.io.ByteArrayInputStream;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.xml.in.ModelParser;

/** Puts routes into a context as a user of each language would. */
final class SnippetLoader {

    private static final String XML_NAMESPACE = "http://camel.apache.org/schema/xml-io";

    private final CamelContext context;
    private final Path folder;

    /**
     * Does nothing yet.
     *
     * @param context started or not
     * @param folder  for pipes and for what is compiled
     */
    SnippetLoader(CamelContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    void load(Snippets.Snippet snippet) throws Exception {
        String code = snippet.in(folder);
        switch (snippet.language()) {
            case "java" -> context.addRoutes(compiled(code));
            case "yaml" ->
                PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", code));
            case "xml" -> loadXml(code);
            default -> throw new AssertionError("No routes: " + snippet);
        }
    }

    private void loadXml(String code) throws Exception {
        ModelParser parser =
                new ModelParser(new ByteArrayInputStream(code.getBytes(StandardCharsets.UTF_8)), XML_NAMESPACE);
        ((ModelCamelContext) context)
                .addRouteDefinitions(
                        parser.parseRoutesDefinition().orElseThrow().getRoutes());
    }

    /** A route builder with the lines in its configure method. */
    private RoutesBuilder compiled(String code) throws Exception {
        String source = lines(code, true) + """

                public class Snippet extends org.apache.camel.builder.endpoint.EndpointRouteBuilder {
                    @Override
                    public void configure() throws Exception {
                %s
                    }
                }
                """.formatted(lines(code, false));
        try (URLClassLoader loader = new SnippetCompiler(folder).compile(List.of(source))) {
            return (RoutesBuilder)
                    loader.loadClass("Snippet").getDeclaredConstructor().newInstance();
        }
    }

    private static String lines(String code, boolean imports) {
        return code.lines()
                .filter(line -> line.startsWith("import ") == imports)
                .collect(Collectors.joining("\n"));
    }
}
