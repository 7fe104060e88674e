package io.github.camelfifo.examples.commandpipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.main.Main;

/**
 * The named pipes of this example, and the program that reads them.
 *
 * @param folder where they are
 */
record Pipes(Path folder) {

    /**
     * All actions for the orders. A control that is stopped cannot be started by a command, because nobody reads it then.
     */
    static final Whitelist WHITELIST = new Whitelist(
            Map.of(Orders.ID, EnumSet.allOf(Action.class), Control.ID, EnumSet.of(Action.STOP, Action.STATUS)));

    Path control() {
        return folder.resolve("control");
    }

    Path answers() {
        return folder.resolve("answers");
    }

    Path orders() {
        return folder.resolve("orders");
    }

    /**
     * The program, not started yet. Members of the folder's group may steer it, if they get at the folder.
     *
     * @param whenReceived gets each order
     */
    Main program(Consumer<String> whenReceived) throws IOException {
        String group = Files.getAttribute(folder, "unix:gid").toString();
        Main camel = new Main();
        camel.configure().addRoutesBuilder(new Control(control(), answers(), group, WHITELIST));
        camel.configure().addRoutesBuilder(new Orders(orders(), whenReceived));
        camel.configure().addRoutesBuilder(new NoteSender(control()));
        return camel;
    }
}
