package io.github.camelfifo.posix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which versions of jnr are needed and found. Other versions than the needed ones are in NativeLibraryTest. */
class JnrJarTest {

    @ParameterizedTest
    @EnumSource
    void theVersionNeededIsTheOneThatTheBuildHasResolved(JnrJar jar) {
        assertThat(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(file -> Path.of(file).getFileName().toString()))
                .contains(jar.needed().replace(' ', '-') + ".jar");
    }

    @ParameterizedTest
    @EnumSource
    void theVersionFoundIsThatOfTheJarOnTheClassPath(JnrJar jar) {
        assertThat(jar.found()).isEqualTo(jar.needed());
    }

    @Test
    void noneIsOfAnotherVersionHere() {
        assertThat(JnrJar.ofOtherVersions()).isEmpty();
    }
}
