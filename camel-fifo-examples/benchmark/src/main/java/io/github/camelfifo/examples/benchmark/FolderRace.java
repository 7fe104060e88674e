package io.github.camelfifo.examples.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines a second from a folder of busy pipes, which one consumer reads, beside one pipe that is as busy. */
final class FolderRace implements Race {

    static final String NAME = "folder";
    static final String FOLDER = "a folder of 1,000 pipes";
    static final String ONE_PIPE = "one pipe";
    static final String ONE_WRITER = "one thread writes";
    static final String CATS = "a cat for each pipe";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Arena arena) throws Exception {
        Map<String, Side> sides = new LinkedHashMap<>();
        try {
            enter(arena, sides, FOLDER, arena.plan().pipesInFolder(), "?include=*.fifo");
            enter(arena, sides, ONE_PIPE, 1, "");
            for (int round = -arena.plan().warmUps(); round < arena.plan().rounds(); round++) {
                for (Map.Entry<String, Side> side : sides.entrySet()) {
                    measure(arena, side.getKey(), side.getValue(), round >= 0);
                }
            }
        } finally {
            sides.values().forEach(side -> side.child().close());
        }
    }

    private static void enter(Arena arena, Map<String, Side> sides, String contestant, int count, String options) {
        if (!PipeCounts.isPossible(arena, NAME, contestant, count)) {
            return;
        }
        try {
            Path folder = Files.createDirectory(arena.newPath(NAME));
            List<Path> fifos = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                fifos.add(new Fifo(folder.resolve(i + ".fifo"), 0).path());
            }
            String path = (options.isEmpty() ? fifos.get(0) : folder).toString();
            sides.put(contestant, new Side(ChildJvm.start("folder", "uri=fifo:" + path + options), fifos));
        } catch (Exception e) {
            arena.skip(NAME, contestant, e);
        }
    }

    private static void measure(Arena arena, String contestant, Side side, boolean counts) throws Exception {
        double byOne = side.rate(arena, new Flood(arena.data(), side.fifos()));
        double byCats = side.rate(arena, new Cats(arena.data(), side.fifos()));
        if (counts) {
            arena.add(NAME, contestant, ONE_WRITER, "lines/s", byOne);
            arena.add(NAME, contestant, CATS, "lines/s", byCats);
            arena.say("  %-28s one thread writes %,12.0f lines/s, cats write %,12.0f lines/s"
                    .formatted(contestant, byOne, byCats));
        }
    }

    private record Side(ChildJvm child, List<Path> fifos) {

        double rate(Arena arena, Writers writers) throws Exception {
            try (writers) {
                writers.begin();
                // until all of them write
                child.ask("busy", arena.plan().measuringMillis() / 2);
                double rate = child.ask("busy", arena.plan().measuringMillis()).get("rate");
                writers.awaitEnd();
                return rate;
            }
        }
    }
}
