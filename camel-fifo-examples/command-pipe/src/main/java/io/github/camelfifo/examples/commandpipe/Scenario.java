package io.github.camelfifo.examples.commandpipe;

import io.github.camelfifo.examples.support.ChildProcess;
import io.github.camelfifo.examples.support.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.ServiceStatus;
import org.apache.camel.main.Main;

/** Shells steer a route by commands, and try what they should not. */
final class Scenario {

    private static final long TIME_LIMIT_SECONDS = 60;
    private static final long POLL_MILLIS = 5;

    private final Pipes pipes;
    private final Report report;
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private Main camel;
    private ProducerTemplate sender;

    /**
     * Starts nothing yet.
     *
     * @param folder for the named pipes; empty
     */
    Scenario(Path folder, Report report) {
        this.pipes = new Pipes(folder);
        this.report = report;
    }

    void run() throws Exception {
        camel = pipes.program(received::add);
        camel.start();
        sender = camel.getCamelTemplate();
        try {
            steer();
            refuse();
            note();
            steerWithoutAnswers();
            stopControl();
        } finally {
            camel.stop();
        }
    }

    private void steer() throws IOException, InterruptedException, TimeoutException {
        report.step("1. A shell steers the route of the orders");
        order("order 1");
        awaitOrders("order 1");
        ask("suspend orders", "ok suspend orders: Suspended");
        order("order 2");
        order("order 3");
        ask("status orders", "ok status orders: Suspended");
        report.check(received.isEmpty(), "orders 2 and 3 wait in their pipe");
        ask("resume orders", "ok resume orders: Started");
        awaitOrders("order 2", "order 3");
        ask("stop orders", "ok stop orders: Stopped");
        order("order 4");
        ask("start orders", "ok start orders: Started");
        awaitOrders("order 4");
    }

    private void refuse() throws IOException, InterruptedException, TimeoutException {
        report.step("2. What is no command is refused, and the answer says why");
        String actions = "start, stop, suspend, resume, status";
        ask("explode orders", "refused: unknown action \"explode\"; accepted: " + actions + ", note");
        ask("stop", "refused: \"stop\" of which route? accepted: control, orders");
        ask("status ../x", "refused: unknown route \"../x\"; accepted: control, orders");
        ask("stop orders&action=stop", "refused: unknown route \"orders&action=stop\"; accepted: control, orders");
        ask("stop orders now", "refused: \"now\" is too much; accepted: stop orders");
        ask("start control", "refused: \"start\" is not for control; accepted: stop, status");
        ask("stop orders\u001b[2J", "refused: \"stop orders?[2J\" has a character that no command has");
        report.check(isOrders(ServiceStatus.Started), "the orders go on");
    }

    private void note() throws IOException, InterruptedException, TimeoutException {
        report.step("3. A Camel route makes commands of what a user types");
        say("lunch until one");
        // behind the note in the same pipe
        ask("status orders", "ok status orders: Started (lunch until one)");
        try {
            say("lunch\nstop orders");
            report.check(false, "a text with a line break in it has got through");
        } catch (CamelExecutionException e) {
            report.check(
                    isOrders(ServiceStatus.Started),
                    "refused before a byte is written: " + e.getCause().getMessage());
        }
    }

    private void steerWithoutAnswers() throws IOException, InterruptedException, TimeoutException {
        report.step("4. A shell steers and reads no answers, as Nagios' senders do");
        command("stop orders");
        command("start orders");
        command("suspend orders");
        ask("status orders", "ok status orders: Suspended (lunch until one)");
        command("resume orders");
        ask("status orders", "ok status orders: Started (lunch until one)");
    }

    private void stopControl() throws IOException, InterruptedException, TimeoutException {
        report.step("5. The control stops itself");
        ask("stop control", "ok stop control: after this answer");
        awaitStopped(Control.ID);
        report.check(isOrders(ServiceStatus.Started), "the control is stopped, and the orders go on");
    }

    private void ask(String command, String expected) throws IOException, InterruptedException, TimeoutException {
        String answer = ask(command);
        report.says("sh", command.replaceAll("\\p{Cntrl}", "?"));
        report.check(answer.equals(expected), answer);
    }

    private String ask(String command) throws IOException, InterruptedException, TimeoutException {
        try (ChildProcess shell = ChildProcess.sh("ask.sh", line -> {}, pipes.control(), pipes.answers(), command)) {
            return shell.lastLine();
        }
    }

    private void order(String order) throws IOException, InterruptedException, TimeoutException {
        report.says("sh", "echo '" + order + "' > orders");
        write(pipes.orders(), order);
    }

    private void command(String command) throws IOException, InterruptedException, TimeoutException {
        report.says("sh", "echo '" + command + "' > control");
        write(pipes.control(), command);
    }

    private static void write(Path pipe, String line) throws IOException, InterruptedException, TimeoutException {
        List<String> echo = List.of("sh", "-c", "echo \"$1\" > \"$2\"", "sh", line, pipe.toString());
        try (ChildProcess shell = ChildProcess.start(echo, said -> {})) {
            String unused = shell.lastLine();
        }
    }

    private void say(String text) {
        report.says("user", text.replace("\n", "\\n"));
        sender.sendBody(NoteSender.URI, text);
    }

    private void awaitOrders(String... expected) throws InterruptedException {
        for (String order : expected) {
            String next = received.poll(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
            report.check(order.equals(next), "Camel has got " + next);
        }
    }

    private boolean isOrders(ServiceStatus status) {
        return status(Orders.ID) == status;
    }

    private ServiceStatus status(String route) {
        return camel.getCamelContext().getRouteController().getRouteStatus(route);
    }

    private void awaitStopped(String route) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIME_LIMIT_SECONDS);
        while (status(route) != ServiceStatus.Stopped) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(route + " is " + status(route));
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
