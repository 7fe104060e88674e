package io.github.camelfifo.examples.commandpipe;

import io.github.camelfifo.FifoConstants;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.support.RoutePolicySupport;

/**
 * The route that takes commands as lines of a named pipe, and answers by lines of another.
 *
 * <p>
 * A command is never made into a URI: for each command that is accepted there is a URI from the start, and a line has to be
 * equal to a command as a whole.
 */
final class Control extends RouteBuilder {

    /** Its own id. */
    static final String ID = "control";

    private static final Set<Action> OF_ITSELF = EnumSet.of(Action.STOP, Action.STATUS);

    private final Path control;
    private final Path answers;
    private final String group;
    private final Whitelist whitelist;
    private final Map<String, String> notes = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    /**
     * Does nothing yet.
     *
     * @param  control                  the named pipe of the commands
     * @param  answers                  the named pipe of the answers
     * @param  group                    who may use both, besides this user: the name or the number of a group
     * @throws IllegalArgumentException when the whitelist has more for this route than to stop and to tell its status
     */
    Control(Path control, Path answers, String group, Whitelist whitelist) {
        this.control = control;
        this.answers = answers;
        this.group = group;
        this.whitelist = whitelist;
        whitelist.commands().stream()
                .filter(command -> command.route().equals(ID) && !OF_ITSELF.contains(command.action()))
                .findFirst()
                .ifPresent(command -> {
                    throw new IllegalArgumentException(
                            "\"" + command.line() + "\" cannot be accepted: nobody would read what comes after it");
                });
    }

    @Override
    public void configure() {
        // DISCARD: whoever wants no answer does not read any, and that must not hold up the next command.
        // TRUNCATE: a line that is too long gets an answer, too.
        ChoiceDefinition choice = from("fifo:" + control + "?replyTo=" + answers + "&noReader=DISCARD&whenFull=DISCARD"
                        + "&permissions=rw-rw----&group=" + group + "&strict=true"
                        + "&maxFrameLength=1k&oversizedFrame=TRUNCATE")
                .routeId(ID)
                .routePolicy(new Beginning())
                .choice()
                .when(exchange -> stops())
                .transform(constant("refused: the control stops"))
                .when(header(FifoConstants.INCOMPLETE).isNotNull())
                .transform(constant("refused: the line has no end"))
                .when(header(FifoConstants.TRUNCATED).isNotNull())
                .transform(constant("refused: the line has more than 1024 bytes"));
        whitelist.commands().forEach(command -> carryOut(command, choice));
        choice.when(exchange -> whitelist.note(exchange.getMessage().getBody(String.class)) != null)
                .transform()
                .body(String.class, this::keepNote);
        choice.otherwise().transform().body(String.class, whitelist::whyRefused);
    }

    private void carryOut(Command command, ChoiceDefinition choice) {
        choice.when(body().isEqualTo(command.line()));
        if (command.route().equals(ID) && command.action() == Action.STOP) {
            // async: to stop, this route waits for this exchange, which must not wait for the stop
            choice.process(exchange -> stopping = true)
                    .to(command.uri() + "&async=true")
                    .transform(constant("ok " + command.line() + ": after this answer"));
        } else {
            choice.to(command.uri())
                    .to(new Command(Action.STATUS, command.route()).uri())
                    .transform()
                    .body(String.class, status -> answer(command, status));
        }
    }

    /**
     * A stop processes what is in the pipe. But while Camel stops a route it lets nobody steer another one: a command that
     * tried would hold up the stop, and the stop the command, up to Camel's time limit.
     */
    private boolean stops() {
        return stopping || getContext().isStopping();
    }

    /** When the route starts, somebody else may have started it again. */
    private final class Beginning extends RoutePolicySupport {

        @Override
        public void onStart(Route route) {
            stopping = false;
        }
    }

    /** The controlbus only logs what goes wrong. The status tells. */
    private String answer(Command command, String status) {
        String note = notes.get(command.route());
        return (command.action().isDone(status) ? "ok " : "failed ") + command.line() + ": " + status
                + (note == null ? "" : " (" + note + ")");
    }

    private String keepNote(String line) {
        Note note = whitelist.note(line);
        notes.put(note.route(), note.text());
        return "ok " + line + ": kept";
    }
}
