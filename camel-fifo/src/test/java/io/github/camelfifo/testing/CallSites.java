package io.github.camelfifo.testing;

import io.github.camelfifo.testing.Faults.Call;
import io.github.camelfifo.testing.Faults.Instead;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the component makes its system calls, found out by watching it at work: so a new call site is covered as soon as
 * some test comes by it. One site can be made to fail. Also keeps account of the descriptors that were opened. Thread-safe.
 */
public final class CallSites {

    /** How often a site fails. */
    public enum Extent {
        /** The first time. */
        ONCE("once"),
        /** The second time. */
        SECOND("the second time"),
        /** From the first time on, for a quarter of a second. */
        LASTING("for a while");

        private final String words;

        Extent(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * One place in the code from which a call is made.
     *
     * @param call  its C name, with its operation
     * @param place the method, and the one that has called it
     */
    public record Site(String call, String place) {}

    /**
     * What goes wrong, and where.
     *
     * @param site   where
     * @param fault  in words
     * @param effect what happens instead of the call
     * @param extent how often
     */
    public record Injection(Site site, String fault, Instead effect, Extent extent) {}

    private static final long LASTING_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final String[] EPOLL_OPERATIONS = {"", "ADD", "DEL", "MOD"};
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Faults faults = new Faults();
    private final Map<Site, AtomicInteger> counts = new ConcurrentHashMap<>();
    private final Map<Integer, Site> open = new ConcurrentHashMap<>();
    private final List<String> closedTwice = new CopyOnWriteArrayList<>();
    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger hits = new AtomicInteger();
    private volatile Injection injection;
    private volatile long firstPassNanos;

    /** Watches from now on. */
    public CallSites() {
        faults.insteadOfEach(this::watched);
    }

    /** The calls that are watched. */
    public Faults faults() {
        return faults;
    }

    /** From now on something goes wrong; null for nothing. */
    public void inject(Injection next) {
        passes.set(0);
        hits.set(0);
        injection = next;
    }

    /** How often something has gone wrong so far. */
    public int hits() {
        return hits.get();
    }

    /** How often each site was come by, so far. */
    public Map<Site, Integer> counts() {
        Map<Site, Integer> copy = new ConcurrentHashMap<>();
        counts.forEach((site, count) -> copy.put(site, count.get()));
        return copy;
    }

    /** How many calls there were so far. */
    public int total() {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Where the descriptors were opened that are open still, and those closed that were not open. */
    public List<String> unbalanced() {
        List<String> all = new ArrayList<>(closedTwice);
        open.values().forEach(site -> all.add("not closed: " + site));
        return all;
    }

    private int watched(Call call) throws Exception {
        Site site = new Site(operation(call), place());
        counts.computeIfAbsent(site, unused -> new AtomicInteger()).incrementAndGet();
        if (call.name().equals("close")) {
            // before the number is free for others
            noteClosing((Integer) call.argument(0), site);
        }
        Injection now = injection;
        int result = isHit(now, site) ? now.effect().of(call) : call.proceed();
        noteOpening(call, result, site);
        return result;
    }

    private boolean isHit(Injection now, Site site) {
        if (now == null || !now.site().equals(site)) {
            return false;
        }
        int pass = passes.incrementAndGet();
        if (pass == 1) {
            firstPassNanos = System.nanoTime();
        }
        boolean hit = switch (now.extent()) {
            case ONCE -> pass == 1;
            case SECOND -> pass == 2;
            case LASTING -> System.nanoTime() - firstPassNanos < LASTING_NANOS;
        };
        if (hit) {
            hits.incrementAndGet();
        }
        return hit;
    }

    private void noteClosing(int descriptor, Site site) {
        if (open.remove(descriptor) == null) {
            closedTwice.add("closed without being open: " + site);
        }
    }

    private void noteOpening(Call call, int result, Site site) {
        switch (call.name()) {
            case "open", "eventfd", "epoll_create1", "inotify_init1" -> {
                if (result >= 0) {
                    open.put(result, site);
                }
            }
            case "pipe", "pipe2" -> {
                if (result >= 0) {
                    int[] both = (int[]) call.argument(0);
                    open.put(both[0], site);
                    open.put(both[1], site);
                }
            }
            default -> {
                // opens nothing
            }
        }
    }

    private static String operation(Call call) {
        return switch (call.name()) {
            case "epoll_ctl" -> "epoll_ctl " + EPOLL_OPERATIONS[(Integer) call.argument(1)];
            case "ioctl" -> "ioctl FIONREAD";
            default -> call.name();
        };
    }

    private static String place() {
        return WALKER.walk(frames -> String.join(
                " < ",
                frames.filter(frame -> isOurs(frame.getDeclaringClass()))
                        .map(CallSites::method)
                        .distinct()
                        .limit(2)
                        .toList()));
    }

    /** Of the component, but not of its system calls, nor of the tests. */
    private static boolean isOurs(Class<?> type) {
        String name = type.getName();
        return name.startsWith("io.github.camelfifo.")
                && !name.startsWith("io.github.camelfifo.posix.")
                && !type.getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .contains("test-classes");
    }

    private static String method(StackWalker.StackFrame frame) {
        String type = frame.getClassName();
        String method =
                frame.getMethodName().replaceAll("lambda\\$(\\w+)\\$\\d+", "$1").replace("<init>", "new");
        return type.substring(type.lastIndexOf('.') + 1)
                        .replaceAll("\\$\\d+", "")
                        .replace('$', '.') + "." + method;
    }
}
