package io.github.camelfifo;

import io.github.camelfifo.internal.monitoring.ContextFifos;
import io.github.camelfifo.internal.monitoring.FifoInUse;
import io.github.camelfifo.internal.monitoring.FigureText;
import io.github.camelfifo.internal.monitoring.Role;
import io.github.camelfifo.internal.statistics.Failure;
import io.github.camelfifo.internal.statistics.Figure;
import io.github.camelfifo.internal.statistics.PipeFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.PatternHelper;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;

/**
 * Shows all FIFOs that the context's consumers and producers use now, with their figures. Camel finds it by its name, and
 * calls it for whoever looks at the developer console.
 */
@DevConsole(name = "fifo", displayName = "FIFO", description = "Named pipes (FIFOs) and what went through them")
public class FifoDevConsole extends AbstractDevConsole {

    /** Shows only FIFOs whose paths match: a path, a beginning with {@code *}, or a regular expression. */
    public static final String FILTER = "filter";

    /** The most FIFOs to show. */
    public static final String LIMIT = "limit";

    private static final String INDENT = "    ";

    /** {@code pipes} are those of a folder; null of a FIFO. */
    private record Shown(PipeFigures figures, Set<Role> roles, List<PipeFigures> pipes) {}

    /** A console that shows nothing before Camel has given it its context. */
    public FifoDevConsole() {
        super("camel", "fifo", "FIFO", "Named pipes (FIFOs) and what went through them");
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        FigureText text = new FigureText();
        try {
            for (Shown shown : shown(options)) {
                text.add(INDENT, shown.figures(), shown.roles());
                if (shown.pipes() != null) {
                    shown.pipes().forEach(pipe -> text.add(INDENT + INDENT, pipe, Set.of(Role.MEMBER)));
                }
            }
        } catch (IllegalArgumentException e) {
            text.line(INDENT, "Error", e.getMessage());
        }
        return text.toString();
    }

    @Override
    protected JsonObject doCallJson(Map<String, Object> options) {
        JsonObject root = new JsonObject();
        try {
            JsonArray fifos = new JsonArray();
            for (Shown shown : shown(options)) {
                JsonObject fifo = json(shown.figures(), shown.roles());
                if (shown.pipes() != null) {
                    JsonArray pipes = new JsonArray();
                    shown.pipes().forEach(pipe -> pipes.add(json(pipe, Set.of(Role.MEMBER))));
                    fifo.put("pipes", pipes);
                }
                fifos.add(fifo);
            }
            root.put("fifos", fifos);
        } catch (IllegalArgumentException e) {
            root.put("error", e.getMessage());
        }
        return root;
    }

    /** What nobody knows is left out. */
    private static JsonObject json(PipeFigures figures, Set<Role> roles) {
        JsonObject json = new JsonObject();
        json.put("path", figures.path());
        if (figures.name() != null) {
            json.put("name", figures.name());
        }
        JsonArray usedBy = new JsonArray();
        roles.forEach(role -> usedBy.add(role.title()));
        json.put("usedBy", usedBy);
        json.put("state", figures.state().text());
        if (figures.gauges().inode() >= 0) {
            json.put("inode", figures.gauges().inode());
        }
        for (Figure figure : Figure.values()) {
            long value = figure.of(figures);
            if (value >= 0) {
                json.put(figure.key(), value);
            }
        }
        Failure failure = figures.failure();
        if (failure.text() != null) {
            json.put("lastErrorTimestamp", failure.millis());
            json.put("lastError", failure.text());
        }
        return json;
    }

    /** A FIFO that is only one of a folder's is shown there. */
    private List<Shown> shown(Map<String, Object> options) {
        Object filter = options.get(FILTER);
        Predicate<String> wanted = path -> filter == null || PatternHelper.matchPattern(path, filter.toString());
        long room = limit(options.get(LIMIT));
        List<Shown> shown = new ArrayList<>();
        for (FifoInUse fifo : ContextFifos.of(getCamelContext()).all()) {
            Set<Role> roles = fifo.roles();
            if (room <= 0 || roles.isEmpty() || roles.equals(Set.of(Role.MEMBER))) {
                continue;
            }
            if (roles.contains(Role.FOLDER)) {
                boolean whole = wanted.test(fifo.path());
                List<PipeFigures> pipes = fifo.pipes().stream()
                        .filter(pipe -> whole || wanted.test(pipe.path()))
                        .limit(room)
                        .toList();
                if (whole || !pipes.isEmpty()) {
                    shown.add(new Shown(fifo.figures(), roles, pipes));
                    room -= pipes.size();
                }
            } else if (wanted.test(fifo.path())) {
                shown.add(new Shown(fifo.figures(), roles, null));
                room--;
            }
        }
        return shown;
    }

    private static long limit(Object limit) {
        try {
            long number = limit == null ? Long.MAX_VALUE : Long.parseLong(limit.toString());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(LIMIT + "=" + limit + " is not a number of FIFOs, 1 or more");
    }
}
