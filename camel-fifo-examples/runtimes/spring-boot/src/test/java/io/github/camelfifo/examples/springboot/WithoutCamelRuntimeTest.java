package io.github.camelfifo.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The jar does no harm to an application that has no camel-spring-boot. */
@ExtendWith(Shell.class)
class WithoutCamelRuntimeTest {

    @Test
    void anApplicationWithoutCamelSpringBootStarts() throws Exception {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("camel-spring") && !entry.contains("springboot"))
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(classPath).contains("camel-fifo");

        Process java = Shell.java("-cp", classPath, PlainApplication.class.getName());

        assertThat(Shell.output(java))
                .contains("did not find required class 'org.apache.camel.spring.boot.CamelAutoConfiguration'")
                .endsWith("started\n");
        assertThat(java.exitValue()).isZero();
    }
}
