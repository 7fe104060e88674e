package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.CallSites.Extent;
import io.github.camelfifo.testing.CallSites.Injection;
import io.github.camelfifo.testing.CallSites.Site;
import io.github.camelfifo.testing.LeakCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each system call fails in turn, at each place where the component makes it, in each way in which it can, while routes
 * start, work and stop. Whatever happens, it is survived, or a clear exception reaches whoever can do something about it;
 * nothing is lost silently, nothing hangs, spins or leaks, and the same route works afterwards. The whole table is written
 * to {@code target/fault-table.md}; a summary stands on a page of the documentation. After a change, rewrite that with
 *
 * <pre>mvn -pl camel-fifo test -Dtest=FaultTableTest -Dfifo.docs.update=true</pre>
 */
@ExtendWith(LeakCheck.class)
class FaultTableTest {

    private static final Path TABLE = Path.of("target/fault-table.md");
    private static final Path PAGE = Path.of("src/main/docs/fifo-faults.adoc");
    private static final String START = "// faults: START\n";
    private static final String END = "\n// faults: END\n";
    /** They mostly wait. */
    private static final int AT_ONCE = 16;

    @Test
    void whateverFailsIsSurvivedOrTold() throws Exception {
        FaultLog log = new FaultLog();
        List<FaultRun> runs = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (Future<FaultRun> each : submitted(threads)) {
                runs.add(each.get());
            }
        } finally {
            threads.shutdownNow();
        }
        List<String> warnings = log.lines();
        List<FaultRow> rows =
                new ArrayList<>(runs.stream().map(run -> run.row(warnings)).toList());
        rows.removeIf(row -> row.outcome() == FaultRow.Outcome.NOT_REACHED);
        rows.sort(Comparator.comparing(FaultRow::cells));
        Files.writeString(TABLE, table(rows));
        checkPage(rows);
        assertThat(rows.stream().filter(row -> row.outcome().isBad()).map(FaultRow::toString))
                .isEmpty();
        assertThat(rows).hasSizeGreaterThan(300);
    }

    private static List<Future<FaultRun>> submitted(ExecutorService threads) throws Exception {
        Map<FaultPlay, Future<FaultRun>> undisturbed = new LinkedHashMap<>();
        for (FaultPlay play : FaultPlays.all()) {
            undisturbed.put(play, threads.submit(() -> FaultRun.undisturbed(play)));
        }
        List<Future<FaultRun>> all = new ArrayList<>();
        Set<Site> known = new HashSet<>();
        for (Map.Entry<FaultPlay, Future<FaultRun>> each : undisturbed.entrySet()) {
            FaultRun run = each.getValue().get();
            FaultRow row = run.row(List.of());
            assertThat(row.outcome()).as("without a fault: %s", row.detail()).isEqualTo(FaultRow.Outcome.SURVIVED);
            for (Injection injection : injections(run.sites(), known)) {
                all.add(threads.submit(() -> FaultRun.disturbed(each.getKey(), injection, run.calls())));
            }
        }
        return all;
    }

    /** All that can go wrong; at a place that an earlier play came by already, only what goes wrong thoroughly. */
    private static List<Injection> injections(Map<Site, Integer> sites, Set<Site> known) {
        List<Injection> all = new ArrayList<>();
        sites.forEach((site, count) -> {
            List<Fault> faults = Fault.of(site.call());
            if (faults.isEmpty()) {
                return;
            }
            Fault last = faults.get(faults.size() - 1);
            if (known.add(site)) {
                faults.forEach(fault -> all.add(fault.at(site, Extent.ONCE)));
                faults.stream().filter(Fault::canLast).forEach(fault -> all.add(fault.at(site, Extent.LASTING)));
            } else {
                all.add(last.at(site, Extent.ONCE));
                all.add(last.at(site, Extent.LASTING));
            }
            if (count > 1) {
                all.add(last.at(site, Extent.SECOND));
            }
        });
        return all;
    }

    /** What can come of each call that fails, for the page. */
    private static String summary(List<FaultRow> rows) {
        Map<String, Set<FaultRow.Outcome>> outcomes = new TreeMap<>();
        Map<String, Set<String>> reasons = new TreeMap<>();
        for (FaultRow row : rows) {
            Fault fault = new Fault(row.injection().fault());
            if (fault.isError()) {
                String call = row.injection().site().call();
                Set<FaultRow.Outcome> worst =
                        outcomes.computeIfAbsent(call, unused -> EnumSet.noneOf(FaultRow.Outcome.class));
                if (row.outcome().compareTo(FaultRow.Outcome.SURVIVED_AND_TOLD) > 0) {
                    worst.add(row.outcome());
                }
                reasons.computeIfAbsent(call, unused -> new TreeSet<>()).add(fault.name());
            }
        }
        return outcomes.entrySet().stream()
                .map(each -> "| `" + each.getKey() + "`\n| " + joined(reasons.get(each.getKey())) + "\n| "
                        + (each.getValue().isEmpty() ? FaultRow.Outcome.SURVIVED_AND_TOLD : joined(each.getValue())))
                .collect(Collectors.joining(
                        "\n\n",
                        "[width=\"100%\",cols=\"2,3,4\",options=\"header\"]\n|===\n| Call | Reasons | Worst result\n\n",
                        "\n|==="));
    }

    private static String joined(Set<?> words) {
        return words.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    /** Which of the good outcomes a failure has may be a matter of time, and so the page need only have the calls. */
    private static void checkPage(List<FaultRow> rows) throws IOException {
        String page = Files.readString(PAGE);
        if (Boolean.getBoolean("fifo.docs.update")) {
            Files.writeString(
                    PAGE,
                    page.substring(0, page.indexOf(START) + START.length())
                            + summary(rows)
                            + page.substring(page.indexOf(END)));
            return;
        }
        assertThat(rows.stream().filter(row -> new Fault(row.injection().fault()).isError()))
                .as("%s; bring it up to date with -Dfifo.docs.update=true", PAGE)
                .allSatisfy(row ->
                        assertThat(page).contains("| `" + row.injection().site().call() + "`\n"));
    }

    private static String table(List<FaultRow> rows) {
        return Stream.concat(
                        Stream.of("| call | where | fault | while | outcome |", "|---|---|---|---|---|"),
                        rows.stream().map(row -> "| " + row.cells() + " | " + row.outcome() + " |"))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
