package io.github.camelfifo;

import static io.github.camelfifo.dsl.StaticEndpointBuilders.fifo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelfifo.dsl.FifoComponentBuilderFactory;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same route in every language that Camel has for routes. */
class DslTest extends FifoTestSupport {

    private final Received received = new Received();
    private Path in;
    private Path out;

    @BeforeEach
    void bindProcessor() {
        // every character that needs thought somewhere
        in = folder.path("in & #1");
        out = folder.path("out");
        context.getRegistry().bind("received", received);
    }

    private void expectChunksOfTwoToGoThrough() throws Exception {
        context.start();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(in)))
                .isEqualTo("rw-rw----");
        PipeEnd reader = reader(out);
        write(in, "abcd");

        received.awaitCount(2);
        assertThat((byte[]) received.frame(0).body()).asString().isEqualTo("ab");
        reader.expect("ab\ncd\n");
    }

    @Test
    void javaStrings() throws Exception {
        routes(routes -> routes.from("fifo:" + in + "?framing=CHUNKS&chunkSize=2&permissions=rw-rw----")
                .process("received")
                .to("fifo:" + out + "?readerTimeout=5s"));

        expectChunksOfTwoToGoThrough();
    }

    @Test
    void javaWithTheEndpointDsl() throws Exception {
        context.addRoutes(new EndpointRouteBuilder() {
            @Override
            public void configure() {
                from(fifo(in.toString()).framing(Framing.CHUNKS).chunkSize("2").permissions("rw-rw----"))
                        .process("received")
                        .to(fifo(out.toString())
                                .noReader(NoReader.WAIT)
                                .readerTimeout("5s")
                                .advanced()
                                .synchronous(true));
            }
        });

        expectChunksOfTwoToGoThrough();
    }

    @Test
    void yaml() throws Exception {
        String yaml = """
                - route:
                    from:
                      uri: fifo
                      parameters:
                        path: '%s'
                        framing: CHUNKS
                        chunkSize: 2
                        permissions: rw-rw----
                      steps:
                        - process:
                            ref: received
                        - to:
                            uri: 'fifo:%s?readerTimeout=5s'
                """;
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("routes.yaml", yaml.formatted(in, out)));

        expectChunksOfTwoToGoThrough();
    }

    @Test
    void xml() throws Exception {
        String xml = """
                <routes xmlns="http://camel.apache.org/schema/xml-io">
                  <route>
                    <from uri="fifo:%s?framing=CHUNKS&amp;chunkSize=2&amp;permissions=rw-rw----"/>
                    <process ref="received"/>
                    <to uri="fifo:%s?readerTimeout=5s"/>
                  </route>
                </routes>
                """;
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(
                        "routes.xml", xml.formatted(in.toString().replace("&", "&amp;"), out)));

        expectChunksOfTwoToGoThrough();
    }

    @Test
    void theComponentDsl() throws Exception {
        FifoComponentBuilderFactory.fifo()
                .workerThreads(3)
                .lazyStartProducer(true)
                .register(context, "pipes");

        FifoComponent component = context.getComponent("pipes", FifoComponent.class);
        assertThat(component.getWorkerThreads()).isEqualTo(3);
        assertThat(component.isLazyStartProducer()).isTrue();
        start(routes -> routes.from("pipes:" + in).process(received).to("pipes:" + out + "?readerTimeout=5s"));
        folder.fifo("out");
        PipeEnd reader = reader(out);
        write(in, "line\n");
        received.awaitLines("line");
        reader.expect("line\n");
    }

    @Test
    void componentOptionsAsProperties() {
        FifoComponent component = new FifoComponent();
        PropertyBindingSupport.build()
                .withCamelContext(context)
                .withConfigurer(component.getComponentPropertyConfigurer())
                .withTarget(component)
                .withProperty("workerThreads", "3")
                .bind();

        assertThat(component.getWorkerThreads()).isEqualTo(3);
    }

    @Test
    void anInvalidValueOfTheEndpointDslIsRefusedToo() throws Exception {
        context.start();

        assertThatThrownBy(() -> context.addRoutes(new EndpointRouteBuilder() {
                    @Override
                    public void configure() {
                        from(fifo(in.toString()).framing("foo")).process(received);
                    }
                }))
                .hasStackTraceContaining("framing=foo")
                .hasStackTraceContaining("CHUNKS");
    }
}
