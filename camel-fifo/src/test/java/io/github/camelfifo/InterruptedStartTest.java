package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelfifo.testing.FifoFolder;
import io.github.camelfifo.testing.LeakCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A context that is closed while it starts, or cannot start, leaves nothing behind. */
@ExtendWith(LeakCheck.class)
class InterruptedStartTest {

    private static final int ROUNDS = Integer.getInteger("fifo.start.rounds", 15);
    private static final int ROUTES = 10;
    private static final long LONGEST_START_NANOS = TimeUnit.MILLISECONDS.toNanos(30);

    @RegisterExtension
    final FifoFolder folder = new FifoFolder();

    private DefaultCamelContext context() throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < ROUTES; i++) {
                    from("fifo:" + folder.path("in" + i)).to("fifo:" + folder.path("out" + i));
                }
            }
        });
        return context;
    }

    @Test
    void aContextThatIsClosedAtAnyMomentOfItsStartLeavesNothingBehind() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            DefaultCamelContext context = context();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread starting = new Thread(() -> failure.set(catchThrowable(context::start)), "starting");
            starting.start();
            LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_START_NANOS));
            context.close();
            starting.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(starting.isAlive()).as("hangs, seed %d", seed).isFalse();
            // where the close came before the start had begun
            context.close();
            assertThat(LeakCheck.openDescriptors())
                    .as("round %d, seed %d, start: %s", round, seed, failure.get())
                    .noneMatch(each -> each.contains(folder.path().toString()));
        }
    }

    /** The last route's FIFO is none, when all others have been opened already. */
    @Test
    void aContextThatCannotStartLeavesNothingBehind() throws Exception {
        Path regular = Files.createFile(folder.path("regular"));
        DefaultCamelContext context = context();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("fifo:" + regular).to("log:none");
            }
        });

        Throwable failure = catchThrowable(context::start);

        assertThat(failure).hasStackTraceContaining("Not a named pipe").hasStackTraceContaining(regular.toString());
        context.close();
        assertThat(context.getEndpoints()).extracting(Endpoint::getEndpointUri).isEmpty();
    }
}
