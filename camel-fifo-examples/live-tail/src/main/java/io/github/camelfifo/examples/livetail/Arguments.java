package io.github.camelfifo.examples.livetail;

/**
 * What the example is called with.
 *
 * @param port  0 for any free one
 * @param quiet whether only people write lines
 */
record Arguments(int port, boolean quiet) {

    private static final int DEFAULT_PORT = 8080;
    private static final int LAST_PORT = 65_535;
    private static final String QUIET = "--quiet";

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when one is neither a port nor {@code --quiet}
     */
    static Arguments parse(String... args) {
        int port = DEFAULT_PORT;
        boolean quiet = false;
        for (String argument : args) {
            if (argument.equals(QUIET)) {
                quiet = true;
            } else if (argument.matches("\\d{1,5}") && Integer.parseInt(argument) <= LAST_PORT) {
                port = Integer.parseInt(argument);
            } else {
                throw new IllegalArgumentException("The arguments are a port, from 0 to " + LAST_PORT + ", and " + QUIET
                        + ", but not \"" + argument + "\"");
            }
        }
        return new Arguments(port, quiet);
    }
}
