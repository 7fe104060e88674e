package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Descriptor;
import io.github.camelfifo.posix.Posix;
import io.github.camelfifo.testing.Soon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A process that makes FIFOs while another one makes the same, and tells which it has got. */
final class MakingProcess {

    private MakingProcess() {}

    /** The folder, and how many. */
    public static void main(String[] arguments) throws Exception {
        makeAll(Path.of(arguments[0]), Integer.parseInt(arguments[1]), "b", "a", System.out::println);
    }

    /** Makes each as soon as the other process, which does the same, is about to make that one too. */
    static void makeAll(Path folder, int count, String me, String other, Consumer<String> got) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.createFile(folder.resolve(i + me));
            await(folder.resolve(i + other));
            got.accept(make(folder.resolve(i + "/deep/fifo")));
        }
    }

    private static void await(Path ready) {
        Soon.spinUntil(() -> Files.exists(ready), ready.toString());
    }

    private static String make(Path path) throws IOException {
        PipeOptions options = TestOptions.strict(true, 0660);
        try (Descriptor found = new NamedPipe(Posix.system(), path, options, new RecordingListener()).locate()) {
            return path + " " + found.status().identity();
        }
    }
}
