package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/**
 * Threads of this JVM and shells write into one FIFO at once. Each line says whose it is, its number, and its length, and
 * is full of one letter, so that a torn one shows.
 */
class WholeFramesTest extends FifoTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(100);
    private static final int PIPE_BUF = 4096;
    private static final int SHELLS = 2;

    private final long seed = System.nanoTime();

    @Test
    void framesOfUpToPipeBufStayWholeAlsoThoseOfLists() throws Exception {
        int threads = 8;
        int each = 400;
        Path fifo = folder.fifo("out");
        Path read = folder.path("read");
        ShellProcess reader = sh("cat \"$1\" > \"$2\"", fifo, read);
        context.start();
        PipeEnd open = keepOpen(fifo);
        List<ShellProcess> shells = shells(fifo, PIPE_BUF, each, "printf '%s\\n' \"$line\" >&9");
        ProducerTemplate template = context.createProducerTemplate();

        Crowd.run(threads, number -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < each; ) {
                int count = random.nextBoolean() ? 1 : Math.min(each - i, 1 + random.nextInt(20));
                List<String> lines = IntStream.range(i, i + count)
                        .mapToObj(n -> line("t" + number, n, 40 + random.nextInt(PIPE_BUF - 40)))
                        .toList();
                template.sendBody(uri(fifo), count == 1 ? lines.get(0) : lines);
                i += count;
            }
        });

        shells.forEach(shell -> shell.await(PATIENCE));
        context.stop();
        open.close();
        reader.await(PATIENCE);
        assertWhole(read, each, threads);
    }

    /** Two contexts, for within one all exchanges go through one queue and one descriptor. */
    @Test
    void underTheLockFramesOfAnyLengthStayWhole() throws Exception {
        int each = 60;
        Path fifo = folder.fifo("out");
        Path read = folder.path("read");
        ShellProcess reader = sh("cat \"$1\" > \"$2\"", fifo, read);
        DefaultCamelContext other = closing(new DefaultCamelContext());
        context.start();
        other.start();
        PipeEnd open = keepOpen(fifo);
        List<ShellProcess> shells = shells(fifo, 100_000, each, "flock 9; printf '%s\\n' \"$line\" >&9; flock -u 9");
        List<ProducerTemplate> templates = List.of(context.createProducerTemplate(), other.createProducerTemplate());

        Crowd.run(4, number -> {
            Random random = new Random(seed + number);
            ProducerTemplate template = templates.get(number % 2);
            for (int i = 0; i < each; i += 2) {
                List<String> lines = new ArrayList<>();
                for (int n = i; n < i + 2; n++) {
                    lines.add(line("t" + number, n, random.nextBoolean() ? 100_000 : 40 + random.nextInt(1_000)));
                }
                if (random.nextBoolean()) {
                    template.sendBody(uri(fifo, "atomicity=LOCK"), lines);
                } else {
                    lines.forEach(line -> template.sendBody(uri(fifo, "atomicity=LOCK"), line));
                }
            }
        });

        shells.forEach(shell -> shell.await(PATIENCE));
        context.stop();
        other.stop();
        open.close();
        reader.await(PATIENCE);
        assertWhole(read, each, 4);
    }

    /** So that the reader sees its end when all writers are done, and not before. */
    private PipeEnd keepOpen(Path fifo) {
        return closing(await().ignoreExceptions().until(() -> PipeEnd.writing(fifo), Objects::nonNull));
    }

    private List<ShellProcess> shells(Path fifo, int length, int count, String write) {
        return IntStream.range(0, SHELLS)
                .mapToObj(number -> sh(
                        "exec 9> \"$1\"; i=0; while [ $i -lt \"$3\" ]; do head=\"$2 $i $4 \";"
                                + " line=\"$head\"$(head -c $(($4 - 1 - ${#head})) /dev/zero | tr '\\0' s); "
                                + write + "; i=$((i+1)); done",
                        fifo,
                        "s" + number,
                        count,
                        length))
                .toList();
    }

    /** A line of so many bytes, with its end. */
    private static String line(String writer, int number, int length) {
        String head = writer + " " + number + " " + length + " ";
        return head + "j".repeat(length - 1 - head.length());
    }

    private void assertWhole(Path read, int each, int threads) throws Exception {
        int[] next = new int[threads + SHELLS];
        try (BufferedReader lines = Files.newBufferedReader(read)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String start = line.substring(0, Math.min(40, line.length()));
                String[] parts = line.split(" ", -1);
                assertThat(parts).as("%s, seed %d", start, seed).hasSize(4);
                boolean isThread = parts[0].startsWith("t");
                int writer = Integer.parseInt(parts[0].substring(1)) + (isThread ? 0 : threads);
                assertThat(Integer.parseInt(parts[1]))
                        .as("%s, seed %d", start, seed)
                        .isEqualTo(next[writer]++);
                assertThat(line.length() + 1).as("%s, seed %d", start, seed).isEqualTo(Integer.parseInt(parts[2]));
                assertThat(parts[3].chars().allMatch(letter -> letter == (isThread ? 'j' : 's')))
                        .as("%s, seed %d", start, seed)
                        .isTrue();
            }
        }
        assertThat(next).as("seed %d", seed).containsOnly(each);
    }
}
