package io.github.camelfifo.examples.commandpipe;

/**
 * What somebody has to say about a route.
 *
 * @param route its id
 * @param text  without control characters
 */
record Note(String route, String text) {}
