package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of a message from the thread that waits for events down to the route: no class on it is come back to. */
class InwardWayTest extends FifoTestSupport {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acknowledge=ON_RECEIPT",
                "acknowledge=ON_COMPLETION",
                "maxBatchSize=10",
                "framing=CHUNKS",
                "framing=SESSION"
            })
    void aMessageEntersEachClassOnce(String option) throws Exception {
        Path fifo = folder.fifo("in");
        CompletableFuture<List<String>> way = new CompletableFuture<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + fifo + "?" + option).process(exchange -> way.complete(classesOnTheStack()));
            }
        });
        context.start();

        try (PipeEnd writer = PipeEnd.writing(fifo)) {
            writer.write("line\n");
        }

        assertThat(way.get(20, TimeUnit.SECONDS))
                .contains("pipe.PipeTask", "internal.pump.FramePump", "internal.consumer.FrameRouter")
                .doesNotHaveDuplicates();
    }

    /** Each as often as it was entered from another class. */
    private static List<String> classesOnTheStack() {
        String ours = InwardWayTest.class.getPackageName() + ".";
        List<String> classes = StackWalker.getInstance()
                .walk(frames -> frames.map(StackWalker.StackFrame::getClassName)
                        .filter(name -> name.startsWith(ours) && !name.startsWith(InwardWayTest.class.getName()))
                        .map(name -> name.substring(ours.length()).replaceFirst("\\$.*", ""))
                        .toList());
        List<String> entered = new ArrayList<>();
        for (String name : classes) {
            if (entered.isEmpty() || !entered.get(entered.size() - 1).equals(name)) {
                entered.add(name);
            }
        }
        return entered;
    }
}
