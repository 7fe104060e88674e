package io.github.camelfifo.examples.benchmark;

import java.util.List;

/** All races, in the order in which they are run. */
final class Races {

    private static final List<Race> ALL = List.of(
            LineRaces.lines(),
            LineRaces.headers(),
            LineRaces.completion(),
            LineRaces.batches(),
            ByteRaces.small(),
            ByteRaces.large(),
            WriteRaces.messages(),
            WriteRaces.lists(),
            LatencyRace.steady(),
            LatencyRace.bursts(),
            new ManyRace(),
            new FolderRace(),
            new IdleRace(),
            new StandbyRace(),
            new TakeoverRace(),
            new MemoryRace(),
            new StartRace(),
            MicroBenchmarks.codecs(),
            MicroBenchmarks.systemCalls());

    private Races() {}

    static List<String> names() {
        return ALL.stream().map(Race::name).toList();
    }

    /** Those whose names begin so; all when no names are given. */
    static List<Race> named(List<String> beginnings) {
        if (beginnings.isEmpty()) {
            return ALL;
        }
        List<Race> named = ALL.stream()
                .filter(race -> beginnings.stream().anyMatch(race.name()::startsWith))
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("No race is called " + beginnings + "; there are " + names());
        }
        return named;
    }
}
