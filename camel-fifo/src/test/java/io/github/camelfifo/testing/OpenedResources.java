package io.github.camelfifo.testing;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened. The base classes of the tests close it at the end: all of it, whatever fails. */
public final class OpenedResources {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Closes it when the test ends. */
    public <T extends AutoCloseable> T add(T resource) {
        opened.push(resource);
        return resource;
    }

    /** Closes the last one first, and throws the first failure; those that follow are suppressed in it. */
    public void closeAll() throws Exception {
        if (!opened.isEmpty()) {
            AutoCloseable last = opened.pop();
            AutoCloseable others = this::closeAll;
            try (others;
                    last) {
                // what closing the last one opens is one of the others
            }
        }
    }
}
