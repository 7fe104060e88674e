package io.github.camelfifo.pipe;

import io.github.camelfifo.posix.Epoll;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Inotify;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells the members of a {@link PathWatch} or {@link LockWatch} of events at their files, by one inotify set, because a
 * user may have only 128. Several members may have the same file. Thread-safe.
 *
 * @param <M> a member
 */
final class FileEvents<M> {

    /** Asks inotify for the events of a file. */
    @FunctionalInterface
    interface Request {

        /** {@return the number of the file's watch, see {@link Inotify#watch}} */
        int in(Inotify inotify) throws ErrnoException;
    }

    private final PipeTask task;
    private final Consumer<M> happened;
    /** By the number of the watch; guarded by this, like the fields below. */
    private final Map<Integer, Set<M>> members = new HashMap<>();
    /** Null before the first file and after the end. */
    private Inotify inotify;

    private Watch events;
    private boolean ended;

    /**
     * Has no file yet.
     *
     * @param task is run when there are events, and then calls {@link #take()}
     * @param happened tells a member of an event at its file; it must be short
     */
    FileEvents(PipeTask task, Consumer<M> happened) {
        this.task = task;
        this.happened = happened;
    }

    /** {@return the number of the file's watch, to be removed; null when the kernel refuses} */
    synchronized Integer add(M member, Request file) {
        if (ended) {
            return null;
        }
        try {
            if (inotify == null) {
                inotify = task.engine().posix().inotify("inotify");
                events = task.engine().watch(task, inotify.descriptor());
            }
            int watch = file.in(inotify);
            // mostly there is one, and a thousand immutable sets of one are small
            members.merge(
                    watch,
                    Set.of(member),
                    (there, one) ->
                            Stream.concat(there.stream(), one.stream()).collect(Collectors.toUnmodifiableSet()));
            return watch;
        } catch (ErrnoException e) {
            return null;
        }
    }

    /** Tells the member no more of this file; does nothing without a watch. */
    synchronized void remove(M member, Integer watch) {
        if (watch == null || !members.containsKey(watch)) {
            return;
        }
        Set<M> rest =
                members.get(watch).stream().filter(each -> each != member).collect(Collectors.toUnmodifiableSet());
        if (!rest.isEmpty()) {
            members.put(watch, rest);
        } else if (members.remove(watch) != null && inotify != null) {
            inotify.unwatch(watch);
        }
    }

    /** Tells the members of the events that are there, and has the task run at the next one. */
    synchronized void take() throws ErrnoException {
        if (inotify == null) {
            return;
        }
        Set<Integer> watches = inotify.take();
        if (watches.contains(Inotify.OVERFLOW)) {
            members.values().forEach(all -> all.forEach(happened));
        } else {
            watches.forEach(watch -> members.getOrDefault(watch, Set.of()).forEach(happened));
        }
        events.arm(Epoll.IN);
    }

    /** Ends all watches, for good. */
    synchronized void close() {
        ended = true;
        if (inotify != null) {
            task.engine().cancel(events);
            inotify.close();
            inotify = null;
        }
    }
}
