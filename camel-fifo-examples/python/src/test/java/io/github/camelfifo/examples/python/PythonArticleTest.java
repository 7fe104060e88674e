package io.github.camelfifo.examples.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.examples.support.Programs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole example, with a real python3. */
class PythonArticleTest {

    @TempDir
    private Path folder;

    @Test
    void everyStepGoesAsItShouldAndNoPipeIsLeft() throws Exception {
        assumeTrue(
                Programs.find("python3").isPresent(),
                "There is no python3 on the PATH, so the Python example is not tested");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean allRight = PythonArticle.run(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .doesNotContain("WRONG")
                .contains("18 of 18 as it should be");
        assertThat(allRight).isTrue();
        assertThat(folder).isEmptyDirectory();
    }
}
