package io.github.camelfifo;

import io.github.camelfifo.FaultStage.NotInTime;
import io.github.camelfifo.FaultStage.Refused;
import io.github.camelfifo.FaultStage.Wrong;
import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.PipeEnd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;

/** What users do with the component, in short. */
final class FaultPlays {

    private static final String LONG_LINE = "x".repeat(3999) + "\n";
    private static final String HUGE_LINE = "y".repeat(99_999) + "\n";

    private FaultPlays() {}

    /** All of them. A new option that makes system calls of its own is a new line here. */
    static List<FaultPlay> all() {
        return List.of(
                new Consuming("consume", false, true, made() + "&deleteOnStop=true"),
                new Consuming("consume, acknowledging on completion", false, false, "acknowledge=ON_COMPLETION"),
                new Consuming("consume in batches, asynchronously", true, false, "maxBatchSize=3"),
                new Producing("produce", false, made() + "&deleteOnStop=true"),
                new Producing("produce, holding the lock", false, "atomicity=LOCK"),
                new Producing("produce, holding the pipe open", false, "holdOpen=true"),
                new Producing("produce sessions", true, "framing=SESSION"),
                new Polling(),
                new Asking());
    }

    /** Options for a FIFO that has to be made with care. */
    private static String made() {
        try {
            PosixFileAttributes mine = Files.readAttributes(Path.of("/proc/self"), PosixFileAttributes.class);
            return "pipeCapacity=128k&permissions=rw-rw----&owner="
                    + mine.owner().getName() + "&group=" + mine.group().getName();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String uri(Path fifo, String options) {
        return "fifo:" + fifo + "?" + options;
    }

    /** Writers come and go; the route is suspended, resumed, and stopped with something in the pipe. */
    private record Consuming(String name, boolean asynchronous, boolean inNewFolder, String options)
            implements FaultPlay {

        @Override
        public void perform(FaultStage stage) throws Exception {
            Path fifo = stage.path(inNewFolder ? "folder/in" : "in");
            start(stage, fifo);
            stage.write(fifo, "1\n2\n");
            stage.expect("1", "2");
            if (options.contains("rw-rw----")
                    && !PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo))
                            .equals("rw-rw----")) {
                throw new Wrong("other permissions");
            }
            stage.write(fifo, "3\nunended");
            stage.expect("3", "unended");
            stage.context().getRouteController().suspendRoute("consumer");
            PipeEnd writer = stage.writer(fifo);
            writer.write("4\n");
            stage.context().getRouteController().resumeRoute("consumer");
            stage.expect("4");
            writer.write("5\n6\n" + (inNewFolder ? "" : "7 beg"));
            stage.stop();
            stage.expect("5", "6");
            if (!inNewFolder) {
                start(stage, fifo);
                writer.write("un\n");
                stage.expect("7 begun");
                stage.stop();
            }
        }

        private void start(FaultStage stage, Path fifo) throws Refused {
            stage.start(
                    routes -> {
                        var route = routes.from(uri(fifo, options + "&exceptionHandler=#bean:handler"))
                                .routeId("consumer")
                                .autoStartup(false);
                        if (asynchronous) {
                            route.threads(1);
                        }
                        route.process(exchange ->
                                stage.received().add(exchange.getMessage().getBody()));
                    },
                    "consumer");
        }
    }

    /** A reader comes late, goes and comes back; the pipe is full; the route is stopped. */
    private record Producing(String name, boolean sessions, String options) implements FaultPlay {

        @Override
        public void perform(FaultStage stage) throws Exception {
            Path fifo = stage.path("folder/out");
            stage.start(
                    routes -> routes.from("direct:in")
                            .routeId("producer")
                            .autoStartup(false)
                            .errorHandler(routes.noErrorHandler())
                            .to(uri(fifo, options + "&readerTimeout=10s&writeTimeout=10s")),
                    "producer");
            List<FaultMessage> sent = new ArrayList<>();
            sent.add(send(stage, "first\n"));
            try (FaultTail tail = new FaultTail(fifo, sessions)) {
                await(stage, sent, tail);
                lockedOut(stage, sent, tail);
                tail.read();
                tail.leave();
                sent.add(send(stage, "while the reader is away\n"));
                await(stage, sent, tail);
                for (int i = 0; i < (sessions ? 3 : 20); i++) {
                    sent.add(send(stage, i + LONG_LINE));
                }
                sent.add(send(stage, HUGE_LINE));
                sent.add(stage.send(List.of("a", "b").iterator(), "a\nb\n", ExchangePattern.InOnly));
                await(stage, sent, tail);
                stage.stop();
                tail.read();
                check(sent, tail.units());
            }
        }

        private void lockedOut(FaultStage stage, List<FaultMessage> sent, FaultTail tail) throws Exception {
            Descriptor other = tail.descriptor();
            if (sessions || other == null) {
                return;
            }
            if (!Posix.system().tryLock(other)) {
                throw new Wrong("the lock is held though nothing is being written");
            }
            sent.add(send(stage, "after another process\n"));
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            Posix.system().unlock(other);
            await(stage, sent, tail);
        }

        private FaultMessage send(FaultStage stage, String text) throws Exception {
            return stage.send(sessions ? text : text.stripTrailing(), text, ExchangePattern.InOnly);
        }

        private static void await(FaultStage stage, List<FaultMessage> sent, FaultTail tail) throws NotInTime {
            stage.await("end of all messages", () -> {
                tail.read();
                return sent.stream().allMatch(FaultMessage::isDone);
            });
            sent.forEach(stage::note);
        }

        /** What was written is there, once and in order; what has failed may be, as far as it went. */
        private void check(List<FaultMessage> sent, List<String> units) throws Wrong {
            List<String> left = new ArrayList<>(units);
            for (FaultMessage each : sent) {
                List<String> expected = sessions
                        ? List.of(sessionOf(each))
                        : each.text().lines().map(line -> line + "\n").toList();
                boolean found = left.size() >= expected.size()
                        && left.subList(0, expected.size()).equals(expected);
                boolean begun = !left.isEmpty() && expected.get(0).startsWith(left.get(0));
                if (found) {
                    left.subList(0, expected.size()).clear();
                } else if (each.failure() == null) {
                    throw new Wrong("missing " + shortened(each.text()) + " before " + shortened(left.toString()));
                } else if (begun) {
                    left.remove(0);
                }
            }
            if (!left.isEmpty()) {
                throw new Wrong("too much: " + shortened(left.toString()));
            }
        }

        private static String sessionOf(FaultMessage message) {
            return message.text().equals("a\nb\n") ? "ab" : message.text();
        }
    }

    /** Frames are taken one at a time. */
    private static final class Polling implements FaultPlay {

        @Override
        public String name() {
            return "poll";
        }

        @Override
        public void perform(FaultStage stage) throws Exception {
            Path fifo = stage.path("polled");
            String uri = uri(fifo, "chunkSize=4k");
            try (ConsumerTemplate template = stage.context().createConsumerTemplate()) {
                drain(stage, template, uri);
                expect(stage, template, uri, null, 0);
                PipeEnd writer = stage.writer(fifo);
                writer.write("1\n2\n");
                expect(stage, template, uri, "1", 10_000);
                expect(stage, template, uri, "2", 10_000);
                writer.close();
                stage.write(fifo, "3\n");
                expect(stage, template, uri, "3", 10_000);
                expect(stage, template, uri, null, 50);
            }
        }

        /** Takes what an earlier play has left. */
        private static void drain(FaultStage stage, ConsumerTemplate template, String uri) {
            try {
                Exchange left = template.receive(uri, 0);
                while (left != null && left.getException() == null) {
                    left = template.receive(uri, 0);
                }
            } catch (RuntimeException e) {
                stage.refuse("receive fails", e);
            }
        }

        private static void expect(FaultStage stage, ConsumerTemplate template, String uri, String line, long timeout)
                throws Exception {
            long deadline = System.nanoTime() + FaultStage.PATIENCE_NANOS;
            while (System.nanoTime() < deadline) {
                try {
                    Exchange exchange = template.receive(uri, timeout);
                    Object body =
                            exchange == null ? null : exchange.getMessage().getBody();
                    if (exchange == null || exchange.getException() == null) {
                        if (line == null ? body != null : !line.equals(body)) {
                            throw new Wrong(body + " instead of " + line);
                        }
                        return;
                    }
                    stage.refuse("receive fails", exchange.getException());
                } catch (RuntimeException e) {
                    stage.refuse("receive fails", e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            throw new NotInTime("line " + line);
        }
    }

    /** Request and reply. */
    private static final class Asking implements FaultPlay {

        @Override
        public String name() {
            return "request and reply";
        }

        @Override
        public void perform(FaultStage stage) throws Exception {
            String uri = uri(stage.path("requests"), "replyTo=" + stage.path("replies"));
            stage.start(
                    routes -> {
                        routes.from(uri + "&exceptionHandler=#bean:handler")
                                .routeId("server")
                                .autoStartup(false)
                                .errorHandler(routes.noErrorHandler())
                                .process(exchange -> exchange.getMessage()
                                        .setBody("re: " + exchange.getMessage().getBody()));
                        routes.from("direct:in")
                                .routeId("client")
                                .autoStartup(false)
                                .errorHandler(routes.noErrorHandler())
                                .to(uri + "&requestTimeout=10000");
                    },
                    "server",
                    "client");
            for (String each : List.of("a", "b")) {
                FaultMessage message = stage.send(each, each, ExchangePattern.InOut);
                stage.await("answer", message::isDone);
                stage.note(message);
                if (message.failure() == null && !("re: " + each).equals(message.answer())) {
                    throw new Wrong(message.answer() + " answers " + each);
                }
            }
            stage.stop();
        }
    }

    private static String shortened(String text) {
        String runs = text.replaceAll("(.)\\1{20,}", "$1...");
        return runs.substring(0, Math.min(200, runs.length()));
    }
}
