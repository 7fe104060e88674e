package io.github.camelfifo.examples.python;

import io.github.camelfifo.FifoConstants;
import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

/** The steps, one method each. Every step starts its own routes and stops them. */
final class Article {

    private static final long TIME_LIMIT_SECONDS = 30;

    private final CamelContext camel;
    private final Path folder;
    private final Report report;
    private final BlockingQueue<Message> received = new LinkedBlockingQueue<>();

    /**
     * Does nothing yet.
     *
     * @param camel  started
     * @param folder for the named pipes; empty
     */
    Article(CamelContext camel, Path folder, Report report) {
        this.camel = camel;
        this.folder = folder;
        this.report = report;
    }

    void run() throws Exception {
        create();
        write();
        read();
        readMissing();
        remove();
    }

    private void create() throws Exception {
        report.step("1. Create, and tell 'exists already' from other errors");
        Path pipe = folder.resolve("pipe");
        report.check(python("create.py", pipe).says(0, "created " + pipe), "Python creates a pipe");
        report.check(
                python("create.py", pipe).says(0, "exists already: " + pipe), "Python tells that it exists already");
        Path nowhere = folder.resolve("no-such-folder").resolve("pipe");
        report.check(
                python("create.py", nowhere)
                        .says(1, "cannot create: FileNotFoundError: [Errno 2] No such file or directory"),
                "Python tells that from another error");

        Object inode = Files.getAttribute(pipe, "unix:ino");
        consume("first", "fifo:" + pipe + "?permissions=rw-rw----");
        stop("first");
        report.check(
                inode.equals(Files.getAttribute(pipe, "unix:ino"))
                        && permissions(pipe).equals("rw-------"),
                "Camel uses the pipe that is there, and leaves it as it was");

        Path ours = folder.resolve("new").resolve("ours");
        consume("second", "fifo:" + ours);
        report.check(permissions(ours).equals("rw-------"), "Camel creates a pipe where there is none, for us alone");
        report.check(python("create.py", ours).says(0, "exists already: " + ours), "Python finds it");
        stop("second");

        Path file = Files.writeString(folder.resolve("file"), "precious");
        report.check(
                python("create.py", file).says(1, "exists already, and is no named pipe: " + file),
                "Python tells a regular file from a pipe");
        report.check(
                failureOf("third", "fifo:" + file).equals("Not a named pipe but a regular file: " + file),
                "so does Camel");
        report.check(Files.readString(file).equals("precious"), "the file is as it was");
        Files.delete(ours);
        Files.delete(ours.getParent());
        Files.delete(file);
    }

    private void write() throws Exception {
        report.step("2. Write: Python writes, Camel reads");
        Path pipe = folder.resolve("pipe");
        consume("reader", "fifo:" + pipe);
        python("write.py", pipe, "one\n", "two\n", "three");
        Message one = next();
        Message two = next();
        Message last = next();
        report.check(
                List.of("one", "two", "three").equals(List.of(one.getBody(), two.getBody(), last.getBody())),
                "Camel gets what Python wrote, line by line");
        report.check(
                one.getHeader(FifoConstants.INCOMPLETE) == null
                        && last.getHeader(FifoConstants.INCOMPLETE, boolean.class),
                "and the line that Python did not end is marked as incomplete");
        stop("reader");
    }

    private void read() throws Exception {
        report.step("3. Read until end of file: Camel writes, Python reads");
        Path pipe = folder.resolve("pipe");
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:lines").routeId("writer").to("fifo:" + pipe);
            }
        });
        try (ChildProcess reader = ChildProcess.python("read.py", line -> {}, pipe)) {
            for (String line : List.of("uno", "dos", "tres")) {
                camel.createFluentProducerTemplate()
                        .to("direct:lines")
                        .withBody(line)
                        .send();
                report.says("Camel", "wrote " + line);
            }
            stop("writer");
            report.says("Camel", "has closed its end");
            ChildProcess.Result result = reader.await();
            show(result);
            report.check(
                    result.says(0, "got uno", "got dos", "got tres", "end of file after 3 lines"),
                    "Python gets every line, and then the end of the file");
        }
    }

    private void readMissing() throws Exception {
        report.step("4. Read a pipe that is not there");
        Path missing = folder.resolve("missing");
        report.check(
                python("read.py", missing)
                        .says(
                                1,
                                "nothing to read: FileNotFoundError: [Errno 2] No such file or directory: '" + missing
                                        + "'"),
                "Python says FileNotFoundError");
        report.check(
                failureOf("missing", "fifo:" + missing + "?autoCreate=false")
                        .equals("Named pipe does not exist: " + missing),
                "Camel says so when a route starts with autoCreate=false");
        report.check(!Files.exists(missing), "and nothing was made");
    }

    private void remove() throws Exception {
        report.step("5. Remove");
        Path pipe = folder.resolve("pipe");
        report.check(python("remove.py", pipe).says(0, "removed " + pipe), "Python removes the pipe");
        report.check(
                python("remove.py", pipe)
                        .says(
                                1,
                                "nothing to remove: FileNotFoundError: [Errno 2] No such file or directory: '" + pipe
                                        + "'"),
                "and tells that it is gone");
        consume("remover", "fifo:" + pipe + "?deleteOnStop=true");
        boolean made = Files.exists(pipe);
        stop("remover");
        report.check(made && !Files.exists(pipe), "Camel makes it again, and removes it when the route stops");
    }

    /** Starts a route; what it gets is for {@link #next()}. */
    private void consume(String routeId, String uri) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId(routeId).process(exchange -> {
                    report.says("Camel", "got " + exchange.getIn().getBody());
                    received.add(exchange.getIn().copy());
                });
            }
        });
        report.says("Camel", "reads " + uri);
    }

    /** Why a route does not start. */
    private String failureOf(String routeId, String uri) throws Exception {
        try {
            consume(routeId, uri);
            return "";
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            report.says("Camel", cause.getMessage());
            return cause.getMessage();
        } finally {
            stop(routeId);
        }
    }

    private void stop(String routeId) throws Exception {
        camel.getRouteController().stopRoute(routeId);
        camel.removeRoute(routeId);
    }

    private Message next() throws InterruptedException {
        Message message = received.poll(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new IllegalStateException("Camel has got nothing");
        }
        return message;
    }

    private ChildProcess.Result python(String script, Object... arguments) throws Exception {
        try (ChildProcess python = ChildProcess.python(script, line -> {}, arguments)) {
            ChildProcess.Result result = python.await();
            show(result);
            return result;
        }
    }

    private void show(ChildProcess.Result result) {
        result.lines().forEach(line -> report.says("Python", line));
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
