package io.github.camelfifo.examples.commandpipe;

/**
 * A command that is accepted.
 *
 * @param action what to do
 * @param route  the id of the route to do it with
 */
record Command(Action action, String route) {

    /** The only line that is this command. */
    String line() {
        return action.word() + " " + route;
    }

    /** Where Camel carries it out, and goes on when that is done. */
    String uri() {
        return "controlbus:route?routeId=" + route + "&action=" + action.word();
    }
}
