package io.github.camelfifo;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sets of classes each of which needs all others of its set, directly or through others. Nested classes count as their outer
 * class.
 */
final class ClassCycles {

    private final Map<String, Set<String>> needs = new TreeMap<>();

    ClassCycles(JavaClasses classes) {
        for (JavaClass each : classes) {
            Set<String> needed = needs.computeIfAbsent(outer(each), name -> new TreeSet<>());
            each.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> classes.contain(target.getName()))
                    .map(ClassCycles::outer)
                    .forEach(needed::add);
        }
    }

    /** Those of two classes or more. */
    List<Set<String>> sets() {
        List<Set<String>> sets = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (String name : needs.keySet()) {
            if (done.add(name)) {
                Set<String> set = new TreeSet<>(reachableFrom(name));
                set.removeIf(other -> !reachableFrom(other).contains(name));
                done.addAll(set);
                if (set.size() > 1) {
                    sets.add(set);
                }
            }
        }
        return sets;
    }

    private Set<String> reachableFrom(String start) {
        Set<String> reached = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(needs.get(start));
        while (!next.isEmpty()) {
            String name = next.pop();
            if (reached.add(name)) {
                next.addAll(needs.get(name));
            }
        }
        return reached;
    }

    private static String outer(JavaClass javaClass) {
        return javaClass.getName().replaceFirst("\\$.*", "");
    }
}
