package io.github.camelfifo.examples.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.examples.support.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    @TempDir
    private Path top;

    private Admission admission;

    @BeforeEach
    void makeFolderWithAPipeAndOneBesideIt() throws Exception {
        Path folder = Files.createDirectory(top.resolve("folder"));
        Programs.mkfifo(folder.resolve("orders"));
        Programs.mkfifo(folder.resolve(".hidden"));
        Files.createFile(folder.resolve("orders.lock"));
        Files.createSymbolicLink(folder.resolve("link"), Programs.mkfifo(top.resolve("beside")));
        admission = new Admission(folder);
    }

    @Test
    void aLineForAPipeOfTheFolderIsAdmitted() {
        assertThat(admission.objection("orders", bytes("a line"))).isEmpty();
        assertThat(admission.objection("orders", bytes(""))).isEmpty();
        assertThat(admission.objection("orders", new byte[] {(byte) 0xff, 0}))
                .as("any bytes but a line feed")
                .isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../beside",
                "/etc/passwd",
                "sub/orders",
                ".hidden",
                "orders?deleteOnStop=true",
                "orders&owner=root",
                "orders ",
                "orders\n",
                "orders\0",
                "RAW(orders)",
                "${env:HOME}",
                "%6frders"
            })
    void aKeyThatIsNoPlainNameIsRefused(String key) {
        assertThat(admission.objection(key, bytes("a line"))).contains("its key is no name of a pipe");
    }

    @Test
    void aNameThatNoPipeHasIsRefused() {
        assertThat(admission.objection("nobody", bytes("a line"))).contains("there is no such pipe");
        assertThat(admission.objection("orders.lock", bytes("a line")))
                .as("a file")
                .contains("there is no such pipe");
        assertThat(admission.objection("link", bytes("a line")))
                .as("a link that leads out")
                .contains("there is no such pipe");
    }

    @Test
    void whatCannotBeALineIsRefused() {
        assertThat(admission.objection("orders", null)).contains("it has no value");
        assertThat(admission.objection("orders", bytes("one\ntwo"))).contains("it is more than one line");
        assertThat(admission.objection("orders", new byte[1024 * 1024])).isEmpty();
        assertThat(admission.objection("orders", new byte[1024 * 1024 + 1]))
                .contains("it is longer than 1048576 bytes");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
