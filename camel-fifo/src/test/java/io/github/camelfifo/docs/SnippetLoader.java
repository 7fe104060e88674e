package io.github.camelfifo.docs;

import io.github.camelfifo.testing.Snippets;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts routes into a context as a user of each language would. */
final class SnippetLoader {

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
            case "yaml", "xml" ->
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.fromString("routes." + snippet.language(), code));
            default -> throw new AssertionError("No routes: " + snippet);
        }
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
