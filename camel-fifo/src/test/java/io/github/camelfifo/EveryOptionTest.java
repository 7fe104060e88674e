package io.github.camelfifo;

import static io.github.camelfifo.dsl.StaticEndpointBuilders.fifo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.frame.BodyType;
import io.github.camelfifo.frame.EmbeddedDelimiter;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.frame.OversizedFrame;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.pipe.WhenFull;
import io.github.camelfifo.testing.Catalog;
import java.io.StringReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.xml.in.ModelParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option reaches the endpoint however it is given, and a value that is none is refused by name. */
class EveryOptionTest extends FifoTestSupport {

    /** What Camel adds to every component's endpoints. */
    private static final List<String> CAMELS =
            List.of("bridgeErrorHandler", "exceptionHandler", "exchangePattern", "lazyStartProducer");

    /**
     * An option.
     *
     * @param valid a value other than the default
     * @param with other options that this one goes with, or ""
     * @param value what the valid value is
     * @param invalid a value that is none
     * @param accepted a part of what is said of that
     */
    record Option(String name, String valid, String with, Object value, String invalid, String accepted) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String SIZE = "bytes or with k, m or g";
    private static final String TIME = "in milliseconds or such as 30s";
    private static final String BOOLEAN = "true or false";

    private Path path;
    private FifoComponent component;

    static Stream<Option> options() {
        return Stream.of(
                new Option("autoCreate", "false", "", false, "maybe", BOOLEAN),
                new Option("permissions", "rw-rw----", "", "rw-rw----", "999", "three octal digits"),
                new Option("owner", "0", "", "0", "nobody-of-that-name", "a number nor a name"),
                new Option("group", "root", "", "root", "-1", "a number nor a name"),
                new Option("deleteOnStop", "true", "", true, "2", BOOLEAN),
                new Option("strict", "true", "", true, "maybe", BOOLEAN),
                new Option("checkInterval", "5s", "", 5_000L, "soon", TIME),
                new Option("framing", "CHUNKS", "", Framing.CHUNKS, "foo", "LENGTH_PREFIXED"),
                new Option("delimiter", "\\x3b|", "framing=DELIMITED", "\\x3b|", "", "one or more characters"),
                new Option("frameLength", "4", "framing=FIXED", "4", "12q", SIZE),
                new Option("lengthFieldSize", "2", "framing=LENGTH_PREFIXED", 2, "3", "1, 2 or 4"),
                new Option("charset", "ISO-8859-1", "", "ISO-8859-1", "no-such", "such as UTF-8"),
                new Option("maxFrameLength", "2k", "", "2k", "12q", SIZE),
                new Option("pipeCapacity", "128k", "", "128k", "0", SIZE),
                new Option("replyTo", "/tmp/replies", "", "/tmp/replies", " ", "the path of a FIFO"),
                new Option("requestTimeout", "5s", "replyTo=/tmp/replies", 5_000L, "-1", TIME),
                new Option("synchronous", "true", "", true, "sometimes", BOOLEAN),
                new Option("chunkSize", "3k", "", "3k", "1.5k", SIZE),
                new Option("maxBatchSize", "5", "", 5, "0", "1 or more"),
                new Option("oversizedFrame", "SPLIT", "", OversizedFrame.SPLIT, "LOSE", "TRUNCATE"),
                new Option("skipEmptyFrames", "true", "", true, "maybe", BOOLEAN),
                new Option("bodyType", "BYTES", "", BodyType.BYTES, "WORDS", "STRING"),
                new Option("acknowledge", "ON_COMPLETION", "", Acknowledge.ON_COMPLETION, "NEVER", "ON_RECEIPT"),
                new Option("onFailure", "RETRY", "acknowledge=ON_COMPLETION", OnFailure.RETRY, "PANIC", "SKIP"),
                new Option("retryDelay", "5s", "acknowledge=ON_COMPLETION&onFailure=RETRY", 5_000L, "soon", TIME),
                new Option("stopOnEof", "true", "", true, "maybe", BOOLEAN),
                new Option("exclusive", "true", "", true, "maybe", BOOLEAN),
                new Option("lockFile", "/tmp/lock", "exclusive=true", "/tmp/lock", " ", "the path of a file"),
                new Option("include", "*.fifo", "", "*.fifo", "[a", "a glob of file names"),
                new Option("exclude", "*.tmp", "include=*", "*.tmp", "{a", "a glob of file names"),
                new Option("noReader", "DISCARD", "", NoReader.DISCARD, "IGNORE", "WAIT"),
                new Option("readerTimeout", "5s", "", 5_000L, "-1", TIME),
                new Option("whenFull", "FAIL", "", WhenFull.FAIL, "SOMETIMES", "DISCARD"),
                new Option("writeTimeout", "1m", "", 60_000L, "later", TIME),
                new Option("embeddedDelimiter", "FAIL", "", EmbeddedDelimiter.FAIL, "ESCAPE", "PASS"),
                new Option("atomicity", "LOCK", "", Atomicity.LOCK, "YES", "BEST_EFFORT"),
                new Option("holdOpen", "true", "", true, "maybe", BOOLEAN));
    }

    @BeforeEach
    void makeComponent() {
        path = folder.path("fifo");
        component = context.getComponent("fifo", FifoComponent.class);
    }

    @Test
    void everyOptionOfTheCatalogIsInTheTable() throws Exception {
        assertThat(Catalog.model().getEndpointParameterOptions())
                .extracting(BaseOptionModel::getName)
                .filteredOn(name -> !CAMELS.contains(name))
                .containsExactlyInAnyOrderElementsOf(options().map(Option::name).toList());
    }

    @ParameterizedTest
    @MethodSource("options")
    void theUriSetsIt(Option option) {
        assertSet(option, endpoint(uri(path, with(option))));
    }

    @ParameterizedTest
    @MethodSource("options")
    void theComponentSetsItForAllItsEndpoints(Option option) {
        assertThat(value(option, endpoint(uri(path)))).isNotEqualTo(option.value());
        set(option.name(), option.valid());
        Stream.of(option.with().split("&", -1)).filter(each -> !each.isEmpty()).forEach(each -> {
            String[] other = each.split("=", 2);
            set(other[0], other[1]);
        });

        assertSet(option, endpoint(uri(folder.path("other"))));
    }

    @ParameterizedTest
    @MethodSource("options")
    void yamlSetsIt(Option option) throws Exception {
        String yaml = """
                - route:
                    autoStartup: false
                    from:
                      uri: fifo
                      parameters:
                        path: '%s'
                        %s
                      steps:
                        - to: mock:any
                """;
        String parameters = Stream.of(with(option).split("&", -1))
                .map(each -> each.replaceFirst("=", ": '") + "'")
                .reduce((a, b) -> a + "\n        " + b)
                .orElseThrow();
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("routes.yaml", yaml.formatted(path, parameters)));
        context.start();

        assertSet(option, onlyEndpoint());
    }

    @ParameterizedTest
    @MethodSource("options")
    void xmlSetsIt(Option option) throws Exception {
        String xml = """
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                  <route autoStartup="false">
                    <from uri="%s"/>
                    <to uri="mock:any"/>
                  </route>
                </routes>
                """;
        String text = xml.formatted(uri(path, with(option)).replace("&", "&amp;"));
        RoutesDefinition routes = new ModelParser(new StringReader(text), "http://camel.apache.org/schema/xml-io")
                .parseRoutesDefinition()
                .orElseThrow();
        context.addRouteDefinitions(routes.getRoutes());
        context.start();

        assertSet(option, onlyEndpoint());
    }

    @ParameterizedTest
    @MethodSource("options")
    void theEndpointDslSetsIt(Option option) throws Exception {
        Object builder = fifo(path.toString());
        for (String each : with(option).split("&", -1)) {
            String[] parts = each.split("=", 2);
            set(builder, parts[0], parts[1]);
        }

        assertSet(option, (FifoEndpoint) call(builder, "resolve", context));
    }

    @ParameterizedTest
    @MethodSource("options")
    void aValueThatIsNoneIsRefusedWithNameValuePathAndWhatIsAccepted(Option option) {
        String invalid = option.name() + "=" + option.invalid();

        assertThatThrownBy(() -> endpoint(uri(path, option.with().isEmpty() ? invalid : option.with() + "&" + invalid)))
                .cause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(invalid)
                .hasMessageContaining(option.accepted())
                .hasMessageContaining(path.toString());
        assertThat(path).doesNotExist();
    }

    private static String with(Option option) {
        String own = option.name() + "=" + option.valid();
        return option.with().isEmpty() ? own : own + "&" + option.with();
    }

    private void set(String option, String value) {
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withTarget(component)
                .withProperty(option, value)
                .bind();
    }

    private static void set(Object builder, String option, String value) throws ReflectiveOperationException {
        boolean isAdvanced = Arrays.stream(builder.getClass().getMethods())
                .noneMatch(method -> method.getName().equals(option));
        call(isAdvanced ? call(builder, "advanced") : builder, option, value);
    }

    private static Object call(Object target, String name, Object... arguments) throws ReflectiveOperationException {
        Method method = Arrays.stream(target.getClass().getMethods())
                .filter(each -> each.getName().equals(name)
                        && each.getParameterCount() == arguments.length
                        && (arguments.length == 0 || each.getParameterTypes()[0].isInstance(arguments[0])))
                .findFirst()
                .orElseThrow();
        method.setAccessible(true);
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private FifoEndpoint onlyEndpoint() {
        return context.getEndpoints().stream()
                .filter(FifoEndpoint.class::isInstance)
                .map(FifoEndpoint.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void assertSet(Option option, FifoEndpoint endpoint) {
        assertThat(value(option, endpoint)).isEqualTo(option.value());
    }

    private Object value(Option option, FifoEndpoint endpoint) {
        PropertyConfigurerGetter options = (PropertyConfigurerGetter) component.getEndpointPropertyConfigurer();
        return options.getOptionValue(endpoint, option.name(), false);
    }
}
