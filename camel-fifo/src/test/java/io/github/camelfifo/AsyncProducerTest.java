package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelfifo.pipe.NoReaderException;
import io.github.camelfifo.testing.Crowd;
import io.github.camelfifo.testing.PipeEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No thread waits for a reader or for room, unless it is asked to. */
class AsyncProducerTest extends FifoTestSupport {

    private Path fifo;

    @BeforeEach
    void makeFifo() {
        fifo = folder.fifo("out");
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = endpoint(uri).createAsyncProducer();
        producer.start();
        closing(producer::stop);
        return producer;
    }

    private Exchange exchange(String uri, Object body) {
        Exchange exchange = endpoint(uri).createExchange();
        exchange.getMessage().setBody(body);
        return exchange;
    }

    @Test
    void processReturnsBeforeTheMessageIsWritten() throws Exception {
        context.start();
        AsyncProducer producer = producer(uri(fifo));
        AtomicBoolean done = new AtomicBoolean();

        boolean sync = producer.process(exchange(uri(fifo), "line"), doneSync -> done.set(true));

        assertThat(sync).isFalse();
        assertThat(done).isFalse();
        reader(fifo).expect("line\n");
        await().untilTrue(done);
    }

    @Test
    void withAReaderProcessIsDoneAtOnceInTheCallersThread() throws Exception {
        context.start();
        PipeEnd reader = reader(fifo);
        AsyncProducer producer = producer(uri(fifo));
        AtomicReference<Thread> thread = new AtomicReference<>();

        boolean sync = producer.process(exchange(uri(fifo), "line"), doneSync -> thread.set(Thread.currentThread()));

        assertThat(sync).isTrue();
        assertThat(thread).hasValue(Thread.currentThread());
        reader.expect("line\n");
    }

    @Test
    void hundredsOfMessagesThatWaitNeedNoThreads() throws Exception {
        FreshThreads threads = new FreshThreads();
        context.start();
        AtomicInteger done = new AtomicInteger();
        List<AsyncProducer> producers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            producers.add(producer(uri(folder.path("out" + i))));
        }
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 5; j++) {
                String uri = uri(folder.path("out" + i));
                producers.get(i).process(exchange(uri, i + " " + j), doneSync -> done.incrementAndGet());
            }
        }

        await().during(Duration.ofMillis(200)).untilAtomic(done, org.hamcrest.Matchers.is(0));
        assertThat(threads.now()).as("workers, 64 of them at most, and a timer").hasSizeLessThanOrEqualTo(70);

        for (int i = 0; i < 100; i++) {
            StringBuilder expected = new StringBuilder();
            for (int j = 0; j < 5; j++) {
                expected.append(i).append(' ').append(j).append('\n');
            }
            reader(folder.path("out" + i)).expect(expected.toString());
        }
        await().untilAtomic(done, org.hamcrest.Matchers.is(500));
    }

    @Test
    void hundredsOfMessagesThatWaitForRoomNeedNoThreads() throws Exception {
        FreshThreads threads = new FreshThreads();
        context.start();
        AtomicInteger done = new AtomicInteger();
        List<PipeEnd> readers = new ArrayList<>();
        List<Integer> filled = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Path full = folder.fifo("full" + i);
            readers.add(reader(full));
            filled.add(writer(full).fill());
            AsyncProducer producer = producer(uri(full));
            for (int j = 0; j < 5; j++) {
                assertThat(producer.process(exchange(uri(full), j), doneSync -> done.incrementAndGet()))
                        .isFalse();
            }
        }

        await().during(Duration.ofMillis(200)).untilAtomic(done, org.hamcrest.Matchers.is(0));
        assertThat(threads.now()).as("workers, 64 of them at most, and a timer").hasSizeLessThanOrEqualTo(70);

        for (int i = 0; i < 100; i++) {
            readers.get(i).read(filled.get(i));
            readers.get(i).expect("0\n1\n2\n3\n4\n");
        }
        await().untilAtomic(done, org.hamcrest.Matchers.is(500));
    }

    @Test
    void everyCallbackIsCalledExactlyOnce() throws Exception {
        context.start();
        String uri = uri(fifo, "readerTimeout=50", "writeTimeout=50");
        AsyncProducer producer = producer(uri);
        AtomicInteger[] calls = new AtomicInteger[400];
        for (int i = 0; i < calls.length; i++) {
            calls[i] = new AtomicInteger();
        }
        AtomicBoolean reading = new AtomicBoolean(true);
        Thread reader = new Thread(() -> {
            while (reading.get()) {
                try (PipeEnd end = PipeEnd.reading(fifo)) {
                    end.readSome(10_000);
                    StopTest.takes(20);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        reader.start();

        Crowd.run(4, sender -> {
            for (int i = 0; i < 100; i++) {
                AtomicInteger call = calls[sender * 100 + i];
                producer.process(
                        exchange(uri, "x".repeat(i % 7 == 0 ? 100_000 : 1_000)), doneSync -> call.incrementAndGet());
                if (i % 10 == 0) {
                    StopTest.takes(20);
                }
            }
        });

        await().atMost(Duration.ofSeconds(30))
                .until(() -> List.of(calls).stream().allMatch(call -> call.get() > 0));
        reading.set(false);
        reader.join();
        assertThat(calls).allSatisfy(call -> assertThat(call).hasValue(1));
    }

    @Test
    void synchronousWaitsInTheCallersThread() throws Exception {
        AtomicReference<Thread> after = new AtomicReference<>();
        start(routes -> routes.from("direct:a")
                .to(uri(fifo, "synchronous=true"))
                .process(exchange -> after.set(Thread.currentThread())));
        AtomicReference<Thread> sender = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            sender.set(Thread.currentThread());
            context.createProducerTemplate().sendBody("direct:a", "line");
        });
        thread.start();
        await().until(() ->
                thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);

        reader(fifo).expect("line\n");
        thread.join(60_000);

        assertThat(after.get()).isSameAs(sender.get());
    }

    @Test
    void synchronousProducersFailLikeOthers() throws Exception {
        context.start();
        AsyncProducer producer = producer(uri(fifo, "synchronous=true", "readerTimeout=200"));
        Exchange exchange = exchange(uri(fifo), "line");

        boolean sync = producer.process(exchange, doneSync -> {});

        assertThat(sync).isTrue();
        assertThat(exchange.getException()).isInstanceOf(NoReaderException.class);
    }

    @Test
    void withLazyStartTheContextStartsAndTheMessageFails() throws Exception {
        Path file = folder.path("file");
        Files.writeString(file, "precious");
        start(routes -> routes.from("direct:a").to(uri(file, "lazyStartProducer=true")));

        Assertions.assertThatThrownBy(() -> context.createProducerTemplate().sendBody("direct:a", "line"))
                .isInstanceOf(CamelExecutionException.class)
                .hasStackTraceContaining(file.toString());
        assertThat(file).hasContent("precious");
    }

    @Test
    void theComponentsLazyStartIsInherited() throws Exception {
        context.getComponent("fifo", FifoComponent.class).setLazyStartProducer(true);
        Path late = folder.path("late");
        start(routes -> routes.from("direct:a").to(uri(late, "noReader=DISCARD")));
        assertThat(late).doesNotExist();

        context.createProducerTemplate().sendBody("direct:a", "line");
        assertThat(late).exists();
    }

    @Test
    void aProducerThatIsStoppedAndStartedAgainGoesOn() throws Exception {
        start(routes -> routes.from("direct:a").routeId("out").to(uri(fifo)));
        PipeEnd reader = reader(fifo);
        for (int i = 1; i <= 20; i++) {
            context.createProducerTemplate().sendBody("direct:a", String.valueOf(i));
            reader.expect(i + "\n");
            context.getRouteController().stopRoute("out");
            context.getRouteController().startRoute("out");
        }
    }
}
