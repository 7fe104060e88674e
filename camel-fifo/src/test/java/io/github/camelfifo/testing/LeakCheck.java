package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails a test that leaves a descriptor of a pipe, an eventfd, an epoll or inotify set behind, or a thread of ours.
 * To be put on the test class with {@code @ExtendWith}, so that it looks before everything else is set up and after
 * everything else is torn down.
 */
public final class LeakCheck implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Shorter than an engine's timer, which nobody has shut down, stays when it has nothing to do. */
    private static final Duration PATIENCE_FOR_THREADS = Duration.ofSeconds(8);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(5);
    private static final int TYPE_BITS = 0170000;
    private static final int FIFO = 0010000;

    @Override
    public void beforeAll(ExtensionContext context) {
        look(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        look(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        compare(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        compare(context);
    }

    /** The pipes, eventfds, epoll and inotify sets that this process has open, by what /proc/self/fd says of them. */
    public static List<String> openDescriptors() {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path each : all) {
                addIfOurs(each, found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** The names of the threads that run the component's work. */
    public static List<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.toLowerCase(Locale.ROOT).contains("fifo"))
                .toList();
    }

    private static void addIfOurs(Path descriptor, List<String> found) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            boolean isFifo = ((Integer) Files.getAttribute(descriptor, "unix:mode") & TYPE_BITS) == FIFO;
            if (isFifo || target.startsWith("anon_inode:")) {
                found.add(target);
            }
        } catch (IOException e) {
            // closed since the folder was listed
        }
    }

    private static void look(ExtensionContext context) {
        context.getStore(NAMESPACE).put(context.getUniqueId(), new Before(openDescriptors(), ourThreads()));
    }

    private static void compare(ExtensionContext context) {
        Before before = context.getStore(NAMESPACE).get(context.getUniqueId(), Before.class);
        // threads end, and the JVM closes what it had for processes, some time after they were told to
        awaitNothingAdded("threads left", PATIENCE_FOR_THREADS, LeakCheck::ourThreads, before.threads());
        awaitNothingAdded("descriptors left", PATIENCE, LeakCheck::openDescriptors, before.descriptors());
    }

    private static void awaitNothingAdded(
            String what, Duration patience, Supplier<List<String>> now, List<String> before) {
        await("nothing left behind")
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL_INTERVAL)
                .atMost(patience)
                .untilAsserted(
                        () -> assertThat(added(now.get(), before)).as(what).isEmpty());
    }

    private static List<String> added(List<String> now, List<String> before) {
        List<String> added = new ArrayList<>(now);
        before.forEach(added::remove);
        return added;
    }

    private record Before(List<String> descriptors, List<String> threads) {}
}
