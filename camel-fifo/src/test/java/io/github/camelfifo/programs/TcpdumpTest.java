package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.testing.ShellProcess;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** tcpdump writes packets into a pipe, and a route copies the bytes into a file. */
@Needs(program = "tcpdump", debianPackage = "tcpdump")
class TcpdumpTest extends ProgramTestSupport {

    private static final int PACKETS = 300;
    /** Of a file in pcap's format, and of each packet in it. */
    private static final int FILE_HEADER = 24;

    private static final int PACKET_HEADER = 16;
    /** Of Ethernet, IP and UDP, before what was sent. */
    private static final int NETWORK_HEADERS = 14 + 20 + 8;

    private static String payload(String number) {
        return number + ".".repeat(1000);
    }

    /** What was sent in each of a file's packets, or nothing while the file ends in the middle of one. */
    private static List<String> payloads(Path file) throws Exception {
        List<String> payloads = new ArrayList<>();
        if (!Files.exists(file) || Files.size(file) < FILE_HEADER) {
            return payloads;
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.nativeOrder());
        assertThat(bytes.getInt(0)).as("pcap's first bytes").isEqualTo(0xa1b2c3d4);
        int position = FILE_HEADER;
        while (position + PACKET_HEADER <= bytes.limit()) {
            int length = bytes.getInt(position + 8);
            int from = position + PACKET_HEADER + NETWORK_HEADERS;
            position += PACKET_HEADER + length;
            if (position <= bytes.limit()) {
                payloads.add(new String(bytes.array(), from, length - NETWORK_HEADERS, StandardCharsets.US_ASCII));
            }
        }
        return position == bytes.limit() ? payloads : List.of();
    }

    private ShellProcess tcpdump(DatagramSocket socket) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of(example("tcpdump")
                .replace("port 53", "port " + socket.getLocalPort())
                .split("\\s+")));
        arguments.remove(0);
        arguments.addAll(List.of("-c", PACKETS));
        return startWith(mayCapture(), "tcpdump", arguments.toArray());
    }

    private ShellProcess capture(DatagramSocket socket) throws Exception {
        ShellProcess tcpdump = tcpdump(socket);
        startRoutes("tcpdump-route");
        soon().until(() -> !tcpdump.isAlive() || tcpdump.errorOutput().contains("listening on"));
        assumeMayCapture(tcpdump);
        return tcpdump;
    }

    private static void assumeMayCapture(ShellProcess tcpdump) {
        assumeTrue(
                tcpdump.isAlive(), () -> "This user may not capture packets (CAP_NET_RAW): " + tcpdump.errorOutput());
    }

    @Test
    void itWaitsForTheRoute() throws Exception {
        assumeWaitsAreKnown();
        fifo("dns.pcap");
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ShellProcess tcpdump = tcpdump(socket);
            soon().until(() ->
                    !tcpdump.isAlive() || OtherProcess.waitsIn(tcpdump.pid()).equals(OtherProcess.IN_OPEN));
            assumeMayCapture(tcpdump);
        }
    }

    @Test
    void theRouteGetsEveryByteOfEveryPacket() throws Exception {
        fifo("dns.pcap");
        List<String> sent =
                numbers(1, PACKETS).stream().map(TcpdumpTest::payload).toList();
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ShellProcess tcpdump = capture(socket);
            for (String each : sent) {
                byte[] bytes = each.getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(bytes, bytes.length, socket.getLocalSocketAddress()));
            }
            tcpdump.await();
        }

        Path copy = folder.path("captured/dns.pcap");
        soon().untilAsserted(() -> assertThat(payloads(copy)).hasSize(PACKETS));
        assertThat(payloads(copy)).isEqualTo(sent);
        assertThat(run("tcpdump", "-n", "-r", copy).lines()).hasSize(PACKETS);
    }
}
