package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The kamelets in the jar, in routes of their users. See KameletStopTest for stops, KameletFilesTest for the files. */
class KameletTest extends FifoTestSupport {

    private final Received received = new Received();

    private String source(Path fifo, String... options) {
        return kamelet("fifo-source", fifo, options);
    }

    private static String kamelet(String name, Path path, String... options) {
        return "kamelet:" + name + "?path=" + path + (options.length == 0 ? "" : "&" + String.join("&", options));
    }

    @Test
    void aSourceGivesTheLinesOfAPipe() throws Exception {
        Path fifo = folder.path("in");
        start(routes -> routes.from(source(fifo)).process(received));

        sh("printf 'one\\ntwo\\n' > \"$1\"", fifo).await();

        received.awaitLines("one", "two");
        assertThat(received.frame(1).path()).isEqualTo(fifo.toString());
        assertThat(received.frame(1).sequence()).isEqualTo(2);
    }
}
