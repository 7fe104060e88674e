package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.LeakCheck;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many FIFOs in a folder that one consumer reads. */
class FolderLoadTest extends FifoTestSupport {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PIPES = 1_000;
    private static final int LINES = 20;

    /** Each makes a FIFO, writes into it as soon as somebody reads it, and removes it; fifty at a time. */
    private static final String COME_AND_GO = """
            pipe() {
                mkfifo "$1.fifo"
                { j=0; while [ $j -lt "$2" ]; do j=$((j+1)); echo $j; done; } > "$1.fifo"
                rm "$1.fifo"
            }
            cd "$1"
            i=0
            while [ $i -lt "$2" ]; do
                i=$((i+1))
                pipe $i "$3" &
                if [ $((i % 50)) = 0 ]; then wait; fi
            done
            wait""";

    /** JVM, Camel and their jars need less than 200. */
    private static final int DESCRIPTORS = 300;

    private static final int MORE_THAN_DESCRIPTORS = 500;

    private static final String WRITE_AND_REMOVE = """
            cd "$1"
            for each in *.fifo; do
                { echo "$each" > "$each"; rm "$each"; } &
            done
            wait
            mkfifo end.fifo
            echo end > end.fifo""";

    private final Received received = new Received();
    private Path in;

    @BeforeEach
    void makeFolder() throws IOException {
        in = Files.createDirectory(folder.path("in"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acknowledge=ON_RECEIPT", "acknowledge=ON_COMPLETION"})
    void aThousandPipesThatComeAndGoLoseNothingAndLeaveNothing(String acknowledge) throws Exception {
        start(routes -> routes.from(uri(in, "include=*.fifo", acknowledge)).process(received));
        sh(COME_AND_GO, in, PIPES, LINES).await();
        received.awaitCount(PIPES * LINES);

        Map<String, List<String>> lines = received.frames().stream()
                .collect(Collectors.groupingBy(
                        Received.Frame::path, Collectors.mapping(frame -> (String) frame.body(), Collectors.toList())));
        assertThat(lines).hasSize(PIPES);
        assertThat(lines.values()).allMatch(Received.numbers(LINES)::equals);
        await().untilAsserted(
                        () -> assertThat(LeakCheck.openDescriptors()).noneMatch(each -> each.startsWith(in + "/")));
    }

    /** An ordinary user's pipes have 8,192 bytes from the 1,025th on. */
    @Test
    void elevenHundredPipesOfAnyUserAreRead() throws Exception {
        List<Path> fifos = IntStream.rangeClosed(1, 1_100)
                .mapToObj(i -> folder.fifo("in/" + i + ".fifo"))
                .toList();
        start(routes -> routes.from(uri(in, "include=*.fifo", "acknowledge=ON_COMPLETION"))
                .process(received));
        String line = "x".repeat(6_000) + "\n";
        for (Path each : fifos) {
            try (PipeEnd writer = PipeEnd.writing(each)) {
                writer.write(line);
                writer.write(line);
            }
        }

        received.awaitCount(2 * fifos.size());
        assertThat(received.lines()).containsOnly(line.strip());
    }

    @Test
    void morePipesThanDescriptorsAreReadOneAfterTheOther() {
        Path first = folder.fifo("in/first.fifo");
        ShellProcess reader = sh(
                "ulimit -n " + DESCRIPTORS + " && exec \"$1\" -cp \"$2\" \"$3\" \"$4\"",
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FolderReader.class.getName(),
                uri(in, "include=*.fifo", "checkInterval=50"));
        sh("echo first > \"$1\"", first).await();
        await().atMost(PATIENCE).until(() -> reader.output().contains("first"));
        List<String> names = new ArrayList<>(List.of(first.getFileName().toString()));
        for (int i = 0; i < MORE_THAN_DESCRIPTORS; i++) {
            names.add(folder.fifo("in/" + i + ".fifo").getFileName().toString());
        }
        sh(WRITE_AND_REMOVE, in).await();

        assertThat(reader.awaitExit(PATIENCE)).as(reader.errorOutput()).isZero();
        List<String> lines = reader.output().lines().toList();
        assertThat(lines.stream().filter(line -> line.matches("\\w+\\.fifo")))
                .containsExactlyInAnyOrderElementsOf(names);
    }
}
