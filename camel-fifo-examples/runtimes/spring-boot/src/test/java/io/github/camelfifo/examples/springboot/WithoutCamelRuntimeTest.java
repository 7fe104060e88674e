package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar does no harm to an application that has no camel-spring-boot. */
class WithoutCamelRuntimeTest {

    @Test
    void anApplicationWithoutCamelSpringBootStarts() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("camel-spring") && !entry.contains("springboot"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).contains("camel-fifo");

        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        PlainApplication.class.getName())
                .redirectErrorStream(true)
                .start();

        assertThat(Shell.output(java))
                .contains("did not find required class 'org.apache.camel.spring.boot.CamelAutoConfiguration'")
                .endsWith("started\n");
        assertThat(java.exitValue()).isZero();
    }
}
