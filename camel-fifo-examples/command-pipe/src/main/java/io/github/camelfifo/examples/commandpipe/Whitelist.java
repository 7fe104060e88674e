package io.github.camelfifo.examples.commandpipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which routes may be steered, and how. What is not in it is refused, with a sentence that says why. */
final class Whitelist {

    private static final String NOTE = "note";
    private static final int SHOWN = 40;

    private final SortedMap<String, Set<Action>> allowed = new TreeMap<>();

    /** The actions that are accepted for each route, by its id. */
    Whitelist(Map<String, Set<Action>> allowed) {
        allowed.forEach((route, actions) -> this.allowed.put(route, EnumSet.copyOf(actions)));
    }

    /** All commands there are, but for notes. */
    List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        allowed.forEach((route, actions) -> actions.forEach(action -> commands.add(new Command(action, route))));
        return commands;
    }

    /** The note of a line {@code note ROUTE TEXT}; null for any other line. */
    Note note(String line) {
        String[] words = line.split(" ", 3);
        boolean isNote = words.length == 3
                && words[0].equals(NOTE)
                && allowed.containsKey(words[1])
                && !words[2].isBlank()
                && line.codePoints().allMatch(Whitelist::isText);
        return isNote ? new Note(words[1], words[2]) : null;
    }

    /** What is wrong with a line that is none of the commands, and what would be accepted. */
    String whyRefused(String line) {
        return "refused: " + fault(line);
    }

    private String fault(String line) {
        if (line.isEmpty()) {
            return "the line is empty; accepted: ACTION ROUTE";
        }
        if (!line.codePoints().allMatch(Whitelist::isText)) {
            return quoted(line) + " has a character that no command has";
        }
        String[] words = line.split(" ", -1);
        String action = words[0];
        if (!isAction(action)) {
            return "unknown action " + quoted(action) + "; accepted: " + actions();
        }
        if (words.length == 1) {
            return quoted(action) + " of which route? accepted: " + joined(allowed.keySet());
        }
        return faultOfRoute(action, words);
    }

    private String faultOfRoute(String action, String... words) {
        String route = words[1];
        Set<Action> accepted = allowed.get(route);
        if (accepted == null) {
            return "unknown route " + quoted(route) + "; accepted: " + joined(allowed.keySet());
        }
        if (action.equals(NOTE)) {
            return "a note needs a text; accepted: note ROUTE TEXT";
        }
        if (accepted.stream().noneMatch(each -> each.word().equals(action))) {
            return quoted(action) + " is not for " + route + "; accepted: " + words(accepted);
        }
        return quoted(words[2]) + " is too much; accepted: " + action + " " + route;
    }

    private boolean isAction(String word) {
        return word.equals(NOTE)
                || allowed.values().stream()
                        .flatMap(Set::stream)
                        .anyMatch(each -> each.word().equals(word));
    }

    private String actions() {
        Set<Action> all = EnumSet.noneOf(Action.class);
        allowed.values().forEach(all::addAll);
        return words(all) + ", " + NOTE;
    }

    private static String words(Set<Action> actions) {
        return actions.stream().map(Action::word).collect(Collectors.joining(", "));
    }

    private static String joined(Collection<String> words) {
        return String.join(", ", words);
    }

    /** Terminals and logs show it as it is. The component makes U+FFFD of bytes that are no UTF-8. */
    private static boolean isText(int codePoint) {
        return codePoint != 0xFFFD
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    /** Its beginning, with a question mark for each character that is no text: an answer is shown in terminals. */
    private static String quoted(String text) {
        String shown = text.codePoints()
                .limit(SHOWN)
                .mapToObj(each -> isText(each) ? Character.toString(each) : "?")
                .collect(Collectors.joining());
        return '"' + shown + (text.codePointCount(0, text.length()) > SHOWN ? "..." : "") + '"';
    }
}
