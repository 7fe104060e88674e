package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.posix.Errno;
import io.github.camelfifo.testing.AnotherUser;
import io.github.camelfifo.testing.Faults;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.PipeEnd;
import io.github.camelfifo.testing.ShellProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder of FIFOs where there is much of something, or too little. */
class FolderLimitsTest extends FifoTestSupport {

    private static final int O_NONBLOCK = 04000;
    private static final int O_PATH = 010000000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LogCapture log = new LogCapture();
    private final Faults faults = new Faults();
    private final Map<String, Queue<String>> bodies = new ConcurrentHashMap<>();
    private Path pipes;

    @BeforeEach
    void makeFolder() throws Exception {
        pipes = Files.createDirectory(folder.path("pipes"));
    }

    private void consume(String... options) throws Exception {
        context.addComponent("fifo", new WatchedComponent(faults.posix()));
        String uri = uri(pipes, "include=*.fifo") + (options.length == 0 ? "" : "&" + String.join("&", options));
        start(routes -> routes.from(uri)
                .routeId("folder")
                .process(exchange -> bodies.computeIfAbsent(
                                exchange.getMessage().getHeader(FifoConstants.NAME, String.class),
                                name -> new ConcurrentLinkedQueue<>())
                        .add(exchange.getMessage().getBody(String.class))));
    }

    private void awaitBodies(String name, String... expected) {
        await(name)
                .untilAsserted(() -> assertThat(bodies.getOrDefault(name, new ConcurrentLinkedQueue<>()))
                        .containsExactly(expected));
    }

    private Path fifo(String name) {
        return folder.fifo("pipes/" + name);
    }

    private int fifos() {
        return (int) ((FifoConsumer) context.getRoute("folder").getConsumer())
                .getHealthCheck()
                .call()
                .getDetails()
                .get("fifos");
    }

    @Test
    void aThousandPipesThatComeAndGoLoseNothing() throws Exception {
        int writers = 4;
        int each = 250;
        int lines = 40;
        consume();
        List<ShellProcess> processes = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            processes.add(closing(ShellProcess.python("""
                    import os, sys
                    folder, first, count, lines = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
                    opened = []
                    for i in range(first, first + count):
                        path = f'{folder}/{i}.fifo'
                        os.mkfifo(path)
                        opened.append((i, path, os.open(path, os.O_WRONLY)))
                        os.write(opened[-1][2], ''.join(f'{n}\\n' for n in range(lines // 2)).encode())
                        if i % 2:
                            i, path, fd = opened.pop(len(opened) // 2)
                            os.unlink(path)
                            os.write(fd, ''.join(f'{n}\\n' for n in range(lines // 2, lines)).encode())
                            os.close(fd)
                    for i, path, fd in opened:
                        os.write(fd, ''.join(f'{n}\\n' for n in range(lines // 2, lines)).encode())
                        os.unlink(path)
                        os.close(fd)
                    """, pipes, i * each, each, lines)));
        }
        processes.forEach(process -> process.await(PATIENCE));

        await().atMost(PATIENCE).until(() -> fifos() == 0);
        List<String> expected =
                IntStream.range(0, lines).mapToObj(String::valueOf).toList();
        for (int i = 0; i < writers * each; i++) {
            assertThat(bodies.get(i + ".fifo")).as(i + ".fifo").containsExactlyElementsOf(expected);
        }
        assertThat(log.lines("WARN")).isEmpty();
    }

    @Test
    void scansAgainWhenTheKernelHasLostEvents() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Path gone = fifo("gone.fifo");
        consume();
        PipeEnd writer = writer(gone);
        faults.instead("open", call -> {
            if (call.argument(0).toString().endsWith("first.fifo")) {
                stalled.countDown();
                goOn.await();
            }
            return call.proceed();
        });
        fifo("first.fifo");
        stalled.await();
        try {
            sh(
                            "python3 -c 'import os,sys\nfor i in range(10000):\n"
                                    + "  p=f\"{sys.argv[1]}/{i}\"; os.close(os.open(p, os.O_CREAT)); os.unlink(p)' \"$1\"",
                            pipes)
                    .await();
            fifo("last.fifo");
            Files.delete(gone);
        } finally {
            faults.clear();
            goOn.countDown();
        }
        awaitWriter(pipes.resolve("last.fifo")).write("1\n");
        awaitBodies("last.fifo", "1");
        writer.write("2\n");
        writer.close();

        awaitBodies("gone.fifo", "2");
        await().until(() -> fifos() == 2);
    }

    @Test
    void theOneForWhichTheLastDescriptorLacksIsTriedAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        faults.instead(
                "open",
                call -> (int) call.argument(1) != 0
                                && ((int) call.argument(1) & O_NONBLOCK) != 0
                                && ((int) call.argument(1) & O_PATH) == 0
                                && failures.incrementAndGet() <= 3
                        ? call.fail(Errno.EMFILE)
                        : call.proceed());
        consume("checkInterval=50");
        awaitWriter(fifo("1.fifo")).write("1\n");

        awaitBodies("1.fifo", "1");
        await().until(() -> failures.get() > 3);
    }

    @Test
    void opensAFifoWhenItsPermissionsAllowIt() throws Exception {
        AtomicBoolean denied = new AtomicBoolean(true);
        faults.instead(
                "open",
                call -> denied.get()
                                && (int) call.argument(1) != 0
                                && ((int) call.argument(1) & O_NONBLOCK) != 0
                                && ((int) call.argument(1) & O_PATH) == 0
                        ? call.fail(Errno.EACCES)
                        : call.proceed());
        consume();
        Path fifo = fifo("1.fifo");
        await().until(() -> !log.lines("WARN", "1.fifo in " + pipes + " is not read for now", "EACCES")
                .isEmpty());
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-r--r--"));
        denied.set(false);
        Files.setPosixFilePermissions(fifo, PosixFilePermissions.fromString("rw-rw----"));
        awaitWriter(fifo).write("1\n");

        awaitBodies("1.fifo", "1");
        assertThat(log.lines("WARN", "1.fifo in " + pipes)).hasSize(1);
    }

    @Test
    void scansTheFolderInEachIntervalWhenTheKernelRefusesToWatchIt() throws Exception {
        faults.failAll("inotify_init1", Errno.EMFILE);
        consume("checkInterval=20");
        Path fifo = fifo("1.fifo");
        PipeEnd writer = awaitWriter(fifo);
        writer.write("1\n");
        writer.close();
        awaitBodies("1.fifo", "1");

        Files.delete(fifo);
        await().until(() -> fifos() == 0);
        assertThat(log.lines("WARN", "The kernel refuses to watch " + pipes)).hasSize(1);
    }

    @Test
    void anAddedFifoCostsNoLookAtTheOthers() throws Exception {
        for (int i = 0; i < 200; i++) {
            fifo(i + ".fifo");
        }
        consume("checkInterval=0");
        await().until(() -> fifos() == 200);
        int stats = faults.count("lstat");
        int opens = faults.count("open");

        fifo("added.fifo");
        await().until(() -> fifos() == 201);

        assertThat(faults.count("lstat") - stats).isLessThan(10);
        assertThat(faults.count("open") - opens).isLessThan(40);
    }

    @Test
    void whenDescriptorsRunOutTheOthersWaitForThem() throws Exception {
        int count = 500;
        for (int i = 0; i < count; i++) {
            fifo(i + ".fifo");
        }
        // the JVM has each jar of the class path open, too
        ShellProcess process = sh(
                "cd \"$1\" && ulimit -n 400 && exec \"$2\" -cp \"$3\" \"$4\" \"$5\" 0",
                folder.path(),
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FolderReader.class.getName(),
                "fifo:" + pipes + "?include=*.fifo&checkInterval=50");
        await().atMost(PATIENCE).until(() -> process.output().contains("DOWN"));
        // the JVM opens and closes files of its own too: the number is right when it has come to rest
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(waiting(process))
                        .isEqualTo(count - openOnes(count).size()));
        // those that are open go on, also after their writers have gone
        List<Integer> open = openOnes(count);
        assertThat(open).hasSizeBetween(110, 390);
        for (int round = 1; round <= 2; round++) {
            for (int i : open) {
                write(pipes.resolve(i + ".fifo"), i + " " + round + "\n");
            }
        }
        await().atMost(PATIENCE)
                .until(() -> process.output()
                                .lines()
                                .filter(line -> line.startsWith("line "))
                                .count()
                        == 2L * open.size());
        assertThat(logged("wait until this process may open more files")).isEqualTo(1);

        for (int i : open) {
            Files.delete(pipes.resolve(i + ".fifo"));
        }
        List<Integer> rest = IntStream.range(0, count)
                .filter(i -> !open.contains(i))
                .limit(100)
                .boxed()
                .toList();
        List<Integer> tooMany = IntStream.range(0, count)
                .filter(i -> !open.contains(i) && !rest.contains(i))
                .boxed()
                .toList();
        for (int i : tooMany) {
            Files.delete(pipes.resolve(i + ".fifo"));
        }
        for (int i : rest) {
            awaitWriter(pipes.resolve(i + ".fifo")).close();
        }
        await().atMost(PATIENCE).until(() -> process.output().stripTrailing().endsWith("UP"));
        assertThat(logged("All named pipes in " + pipes + " are open again")).isEqualTo(1);
    }

    /** How many FIFOs wait, as the health said last. */
    private int waiting(ShellProcess process) {
        Matcher health = Pattern.compile("DOWN (\\d+) named pipes in " + Pattern.quote(pipes.toString())
                        + " wait until this process may open more files")
                .matcher(process.output());
        int last = 0;
        while (health.find()) {
            last = Integer.parseInt(health.group(1));
        }
        return last;
    }

    private List<Integer> openOnes(int count) {
        return IntStream.range(0, count)
                .filter(i -> hasReader(pipes.resolve(i + ".fifo")))
                .boxed()
                .toList();
    }

    private static boolean hasReader(Path fifo) {
        try {
            PipeEnd.writing(fifo).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private long logged(String text) throws IOException {
        try (var lines = Files.lines(folder.path("target").resolve("fifo.log"))) {
            return lines.filter(line -> line.contains("WARN") || line.contains("INFO"))
                    .filter(line -> line.contains(text))
                    .count();
        }
    }

    @Test
    void onCompletionAKillOfTheProcessLosesNothing() throws Exception {
        int pipeCount = 5;
        int lines = 2_000;
        List<PipeEnd> writers = new ArrayList<>();
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < pipeCount; i++) {
            Path fifo = fifo(i + ".fifo");
            // holds what a killed reader leaves
            reader(fifo);
            writers.add(writer(fifo));
            StringBuilder text = new StringBuilder();
            for (int n = 0; n < lines; n++) {
                text.append(i).append('-').append(n).append('\n');
                expected.add("line " + i + "-" + n);
            }
            writers.get(i).write(text.toString());
        }
        Set<String> got = new HashSet<>();
        for (int kill = 1; kill <= 3; kill++) {
            int many = kill * 100;
            try (JavaProcess process = folderReader()) {
                await().atMost(PATIENCE).until(() -> process.output().lines().count() > many);
                process.kill();
                process.output().lines().forEach(got::add);
            }
        }
        try (JavaProcess process = folderReader()) {
            writers.forEach(PipeEnd::awaitEmpty);
            await().atMost(PATIENCE).untilAsserted(() -> {
                process.output().lines().forEach(got::add);
                assertThat(got).containsAll(expected);
            });
        }
    }

    private JavaProcess folderReader() {
        return JavaProcess.start(
                FolderReader.class, "fifo:" + pipes + "?include=*.fifo&acknowledge=ON_COMPLETION", 1_000);
    }

    @Test
    void pipesOfAnOrdinaryUserThatAreSmallLoseNothing() throws Exception {
        AnotherUser.assumeRoot();
        int count = 1_100;
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(pipes, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (int i = 0; i < count; i++) {
            Files.setPosixFilePermissions(fifo(i + ".fifo"), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        List<PipeEnd> first = new ArrayList<>();
        // a pipe counts for the user who is the first to open it
        AnotherUser.act(() -> {
            for (int i = 0; i < count; i++) {
                first.add(closing(PipeEnd.reading(pipes.resolve(i + ".fifo"))));
            }
        });
        PipeEnd last = writer(pipes.resolve((count - 1) + ".fifo"));
        assertThat(last.fill()).isEqualTo(8_192);
        first.get(count - 1).read(8_192);
        consume();
        assertThat(fifos()).isEqualTo(count);

        ShellProcess.python("""
                        import os, sys
                        for i in range(int(sys.argv[2]), int(sys.argv[3])):
                            with open(f'{sys.argv[1]}/{i}.fifo', 'w') as fifo:
                                for n in range(3000):
                                    fifo.write(f'{n}\\n')
                        """, pipes, count - 50, count).await(PATIENCE);

        List<String> expected =
                IntStream.range(0, 3_000).mapToObj(String::valueOf).toList();
        await().atMost(PATIENCE)
                .until(() -> bodies.values().stream().mapToInt(Queue::size).sum() == 3_000 * 50);
        for (int i = count - 50; i < count; i++) {
            assertThat(bodies.get(i + ".fifo")).as(i + ".fifo").containsExactlyElementsOf(expected);
        }
    }

    @Test
    void healthSaysHowManyFifosAreOpen() throws Exception {
        fifo("1.fifo");
        fifo("2.fifo");
        consume();
        HealthCheck.Result health = ((FifoConsumer) context.getRoute("folder").getConsumer())
                .getHealthCheck()
                .call();

        assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(health.getDetails()).containsEntry("fifos", 2).containsEntry("waiting", 0);
    }
}
