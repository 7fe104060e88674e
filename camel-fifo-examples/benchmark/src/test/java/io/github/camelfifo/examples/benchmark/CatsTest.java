package io.github.camelfifo.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatsTest {

    @TempDir
    private Path folder;

    @Test
    void eachPipeHasAWriterThatEndsWhenItIsToldTo() throws Exception {
        LineFile data = new LineFile(folder.resolve("lines"), 1_000);
        List<Path> fifos = fifos(3);
        try (Cats cats = new Cats(data, fifos)) {
            cats.begin();
            List<InputStream> readers = new ArrayList<>();
            for (Path fifo : fifos) {
                InputStream reader = Files.newInputStream(fifo);
                readers.add(reader);
                assertThat(reader.readNBytes(70_000)).hasSize(70_000);
            }

            cats.awaitEnd();

            for (InputStream reader : readers) {
                // ends, for its writer has
                assertThat(reader.readAllBytes().length).isLessThan(200_000);
                reader.close();
            }
        }
    }

    @Test
    void writersThatEndBeforeTheRoundDoesSpoilIt() throws Exception {
        LineFile data = new LineFile(folder.resolve("lines"), 1);
        List<Path> fifos = fifos(1);
        try (Cats cats = new Cats(data, fifos)) {
            cats.begin();
            try (InputStream reader = Files.newInputStream(fifos.get(0))) {
                assertThat(reader.readAllBytes()).isNotEmpty();
            }
            String path = data.path().toString();
            await().until(() -> ProcessHandle.current()
                    .descendants()
                    .noneMatch(
                            process -> process.info().commandLine().orElse("").contains(path)));

            assertThatThrownBy(cats::awaitEnd).hasMessage("Only 0 of 1 writers went on to the end");
        }
    }

    private List<Path> fifos(int count) throws Exception {
        List<Path> fifos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fifos.add(new Fifo(folder.resolve(i + ".fifo"), 0).path());
        }
        return fifos;
    }
}
