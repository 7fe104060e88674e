package io.github.camelfifo.examples.livetail;

import io.github.camelfifo.examples.support.ChildProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Runs the example until Ctrl-C. A shell script writes lines, unless it is called with {@code --quiet}. */
public final class LiveTail {

    /** Only programs of this machine can connect. */
    private static final String HOST = "127.0.0.1";

    private static final int KEPT_LINES = 10_000;
    private static final long KEPT_BYTES = 4 * 1024 * 1024;

    private LiveTail() {}

    /**
     * Ends with exit code 2 when it was called wrongly or the port is taken.
     *
     * @param  args      a port, by default 8080, 0 for any free one; {@code --quiet}
     * @throws Exception when Camel or the shell could not be started
     */
    public static void main(String[] args) throws Exception {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
            refuseTakenPort(arguments.port());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path pipe = Path.of(System.getProperty("pipes", "target/pipes"), "log").toAbsolutePath();
        Main camel = camel(pipe, arguments.port(), new RingBuffer(KEPT_LINES, KEPT_BYTES));
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                System.out.printf("""

                        The page:  http://%s:%d/
                        Type in another terminal, for example:

                          echo hello > '%s'

                        Ctrl-C ends the example.

                        """, HOST, port(main.getCamelContext()), pipe);
                if (!arguments.quiet()) {
                    startDemo(pipe);
                }
            }
        });
        camel.run();
    }

    /**
     * Camel with the routes and a server for browsers of this machine.
     *
     * @param port 0 for any free one
     */
    static Main camel(Path pipe, int port, RingBuffer lines) {
        Main camel = new Main();
        camel.addOverrideProperty("camel.server.enabled", "true");
        camel.addOverrideProperty("camel.server.host", HOST);
        camel.addOverrideProperty("camel.server.port", String.valueOf(port));
        camel.configure().addRoutesBuilder(new LiveTailRoutes(pipe, lines));
        return camel;
    }

    /** The port that a started Camel serves. */
    static int port(CamelContext camel) {
        return camel.hasService(VertxPlatformHttpServer.class).getPort();
    }

    /** Camel's server only logs a warning when it cannot have its port, and the rest of Camel starts. */
    private static void refuseTakenPort(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getAllByName(HOST)[0], port));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Port " + port + " of " + HOST + " cannot be used (" + e.getMessage()
                            + "); give another one as argument: -Dexec.args=8081",
                    e);
        }
    }

    /** It ends with this JVM. */
    private static void startDemo(Path pipe) {
        try {
            ChildProcess unused = ChildProcess.sh("demo.sh", System.out::println, pipe);
        } catch (IOException e) {
            System.err.println("No demo, only what you type: " + e.getMessage());
        }
    }
}
