package io.github.camelfifo.examples.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of an example's README, for the tests, which run just what a reader sees there. */
public final class Readme {

    private final String text;

    private Readme(String text) {
        this.text = text;
    }

    /** The README of the module that is tested. */
    public static Readme ofThisModule() throws IOException {
        return new Readme(Files.readString(Path.of("README.md")));
    }

    /**
     * A block between two fences that follows a line {@code <!-- example: NAME -->}.
     *
     * @return                          its lines, each with its end
     * @throws IllegalArgumentException when there is no such block
     */
    public String block(String name) {
        Matcher block = Pattern.compile(
                        "<!-- example: " + Pattern.quote(name) + " -->\n+```\\w*\n(.*?)```\n", Pattern.DOTALL)
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("README.md has no example " + name);
        }
        return block.group(1);
    }
}
