package io.github.camelfifo.examples.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class ChildProcessTest {

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @Test
    void whatItSaysIsHeardAndKeptUntilItsEnd() throws Exception {
        try (ChildProcess child = ChildProcess.sh("greetings.sh", heard::add, "one", "two words")) {
            assertThat(child.awaitLine(line -> line.endsWith("words"))).isEqualTo("hello two words");
            assertThat(child.await().says(3, "hello one", "hello two words", "an error"))
                    .isTrue();
            assertThat(heard).containsExactly("hello one", "hello two words", "an error");
            assertThatThrownBy(child::lastLine).hasMessageContaining("greetings.sh has ended with exit code 3");
        }
    }

    @Test
    void oneThatEndsWithoutTheLineIsNotWaitedFor() throws Exception {
        try (ChildProcess child = ChildProcess.sh("greetings.sh", heard::add, "one", "two")) {
            assertThatThrownBy(() -> child.awaitLine("never"::equals))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("hello two");
        }
    }

    @Test
    void aKilledOneIsGone() throws Exception {
        try (ChildProcess child = ChildProcess.start(List.of("sleep", "600"), heard::add)) {
            assertThat(child.isAlive()).isTrue();
            child.kill();
            assertThat(child.isAlive()).isFalse();
        }
    }

    @Test
    void aJvmHasTheClassPathOfThisOne() throws Exception {
        try (ChildProcess child =
                ChildProcess.java(List.of("-Dname=value"), Child.class, heard::add, Path.of("/a"), 2)) {
            assertThat(child.lastLine()).isEqualTo("value /a 2");
        }
    }

    static final class Child {

        private Child() {}

        public static void main(String[] args) {
            System.out.println(System.getProperty("name") + " " + String.join(" ", args));
        }
    }
}
