package io.github.camelfifo;

import io.github.camelfifo.FaultRow.Outcome;
import io.github.camelfifo.FaultStage.NotInTime;
import io.github.camelfifo.FaultStage.Refused;
import io.github.camelfifo.testing.CallSites.Injection;
import io.github.camelfifo.testing.CallSites.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One play with one fault, once more without it, and what came of that. */
final class FaultRun {

    private static final long LEAK_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(8);
    /** In a quarter of a second; whoever looks again and again does so every ten milliseconds at most. */
    private static final int MOST_HITS = 150;

    private static final int MOST_CALLS = 3000;

    private final FaultPlay play;
    private final Injection injection;
    private final List<String> told = new ArrayList<>();
    private Exception broken;
    private Exception brokenAfterwards;
    private List<String> left = List.of();
    private int hits;
    private int calls;
    private int usualCalls = Integer.MAX_VALUE - MOST_CALLS;
    private String stageId;
    private Map<Site, Integer> sites = Map.of();
    private List<Throwable> refused = List.of();

    private FaultRun(FaultPlay play, Injection injection) {
        this.play = play;
        this.injection = injection;
    }

    static FaultRun undisturbed(FaultPlay play) throws Exception {
        return new FaultRun(play, null).performed();
    }

    static FaultRun disturbed(FaultPlay play, Injection injection, int usualCalls) throws Exception {
        FaultRun run = new FaultRun(play, injection);
        run.usualCalls = usualCalls;
        return run.performed();
    }

    /** How many calls were made. */
    int calls() {
        return calls;
    }

    /** From where they were made, and how often, in alphabetical order. */
    Map<Site, Integer> sites() {
        return sites;
    }

    /**
     * Judges.
     *
     * @param warnings all that was logged
     */
    FaultRow row(List<String> warnings) {
        warnings.stream()
                .filter(line -> line.contains(stageId) && !line.contains("The reader of"))
                .forEach(told::add);
        return new FaultRow(injection, play.name(), outcome(), detail());
    }

    private Outcome outcome() {
        if (injection != null && hits == 0) {
            return Outcome.NOT_REACHED;
        }
        if (broken instanceof NotInTime) {
            return Outcome.HANGS;
        }
        if (brokenAfterwards != null) {
            return Outcome.DOES_NOT_RECOVER;
        }
        if ((hits > MOST_HITS && !injection.fault().equals(Fault.SHORT)) || calls > 3 * usualCalls + MOST_CALLS) {
            return Outcome.SPINS;
        }
        if (!left.isEmpty()) {
            return Outcome.LEAKS;
        }
        return refused.isEmpty() && !(broken instanceof Refused) ? outcomeWithoutRefusal() : refusal();
    }

    private String detail() {
        List<String> all = new ArrayList<>();
        all.add("broken: " + (broken == null ? null : FaultLog.text(broken)));
        all.add("afterwards: " + (brokenAfterwards == null ? null : FaultLog.text(brokenAfterwards)));
        all.add("left: " + left);
        all.add(hits + " hits, " + calls + " calls instead of " + usualCalls + ": " + sites);
        all.add("refused: " + refused.stream().map(FaultLog::text).toList());
        all.add("told: " + told);
        return String.join("\n    ", all);
    }

    private Outcome outcomeWithoutRefusal() {
        if (broken != null) {
            return told.stream().anyMatch(each -> each.contains(" bytes")) ? Outcome.LOSS_TOLD : Outcome.SILENT;
        }
        return told.isEmpty() ? Outcome.SURVIVED : Outcome.SURVIVED_AND_TOLD;
    }

    private Outcome refusal() {
        List<Throwable> all = new ArrayList<>(refused);
        if (broken instanceof Refused) {
            all.add(broken);
        } else if (broken != null) {
            return Outcome.SILENT;
        }
        boolean clear = all.stream()
                .map(FaultLog::text)
                // who waits for an answer is not told why there is none, but somebody is
                .allMatch(text -> isClear(text)
                        || (text.contains("TimedOut") && told.stream().anyMatch(this::isClear)));
        if (!clear) {
            return Outcome.UNCLEAR;
        }
        String what = all.get(all.size() - 1).getMessage();
        return Outcome.valueOf(what.replace(' ', '_').toUpperCase(java.util.Locale.ROOT));
    }

    /** Whether a text names the call, the reason and, where there is one, the path. */
    private boolean isClear(String text) {
        if (injection == null) {
            return false;
        }
        String call =
                injection.site().call().replaceAll(" .*", "").replaceAll("^(eventfd|inotify)_(read|write)$", "$2");
        return text.contains(call)
                && text.contains(injection.fault())
                && (text.contains(stageId) || isOfFolderAbove(text) || isPathless(call));
    }

    /** A folder on the way to the FIFO. */
    private static boolean isOfFolderAbove(String text) {
        return text.contains("): /\n") || text.contains("): " + System.getProperty("java.io.tmpdir") + "\n");
    }

    private static boolean isPathless(String call) {
        return List.of("epoll_create1", "eventfd", "epoll_ctl", "write", "inotify_init1")
                .contains(call);
    }

    private FaultRun performed() throws Exception {
        FaultStage stage = new FaultStage();
        stageId = stage.id();
        // so that the log says whose warnings these are
        Thread.currentThread().setName(stageId);
        try {
            stage.calls().inject(injection);
            broken = attempt(stage);
            note(stage);
            stage.clear(broken != null);
            if (hits > 0) {
                stage.calls().inject(null);
                brokenAfterwards = attempt(stage);
                if (brokenAfterwards == null && !stage.refused().isEmpty()) {
                    brokenAfterwards = (Exception) stage.refused().get(0);
                }
            }
            // what is called only at the very end has its fault still to come
            stage.close();
            hits = Math.max(hits, stage.calls().hits());
        } finally {
            stage.close();
        }
        awaitAllClosed(stage);
        calls = stage.calls().total();
        sites = new TreeMap<>(java.util.Comparator.comparing(Site::toString));
        sites.putAll(stage.calls().counts());
        return this;
    }

    private void note(FaultStage stage) {
        hits = stage.calls().hits();
        stage.handled().forEach(each -> told.add(FaultLog.text(each)));
        refused = List.copyOf(stage.refused());
        stage.refused().clear();
    }

    private Exception attempt(FaultStage stage) {
        try {
            play.perform(stage);
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private void awaitAllClosed(FaultStage stage) {
        long deadline = System.nanoTime() + LEAK_PATIENCE_NANOS;
        left = left(stage);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            left = left(stage);
        }
    }

    private static List<String> left(FaultStage stage) {
        List<String> all = new ArrayList<>(stage.calls().unbalanced());
        all.addAll(stage.threads());
        return all;
    }
}
