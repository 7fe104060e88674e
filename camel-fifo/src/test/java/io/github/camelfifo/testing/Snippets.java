package io.github.camelfifo.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The examples that stand in a document, as they stand there but for the folder of their pipes. */
public final class Snippets {

    /** Where the pipes of all examples lie. */
    private static final String FOLDER = "/run/shop/";

    private static final Pattern ASCIIDOC = Pattern.compile(
            "// example: (?<name>[\\w-]+)\n\\[source,(?<language>\\w+)]\n----\n(?<code>.*?)\n----\n", Pattern.DOTALL);
    private static final Pattern MARKDOWN = Pattern.compile(
            "<!-- example: (?<name>[\\w-]+) -->\n```(?<language>\\w+)\n(?<code>.*?)\n```\n", Pattern.DOTALL);

    private final List<Snippet> all;

    private Snippets(List<Snippet> all) {
        this.all = all;
    }

    /** One example. */
    public record Snippet(String name, String language, String code) {

        /** The code with its pipes in another folder. */
        public String in(Path folder) {
            return code.replace(FOLDER, folder + "/");
        }

        @Override
        public String toString() {
            return name + " in " + language;
        }
    }

    public static Snippets ofComponentPage() {
        return ofPage("fifo-component.adoc");
    }

    public static Snippets ofPage(String file) {
        return of(Path.of("src/main/docs", file), ASCIIDOC);
    }

    public static Snippets ofReadme() {
        return of(Path.of("../README.md"), MARKDOWN);
    }

    /** The example with this name, in one of its languages. */
    public Snippet get(String name, String language) {
        return only(
                name + " in " + language,
                snippet -> snippet.name().equals(name) && snippet.language().equals(language));
    }

    /** The example with this name, which stands there in one language alone. */
    public Snippet get(String name) {
        return only(name, snippet -> snippet.name().equals(name));
    }

    private Snippet only(String description, Predicate<Snippet> condition) {
        List<Snippet> found = all.stream().filter(condition).toList();
        assertThat(found).as(description).hasSize(1);
        return found.get(0);
    }

    public List<Snippet> all() {
        return all;
    }

    private static Snippets of(Path document, Pattern pattern) {
        try {
            return new Snippets(pattern.matcher(Files.readString(document))
                    .results()
                    .map(Snippets::snippet)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Snippet snippet(MatchResult match) {
        return new Snippet(match.group(1), match.group(2), match.group(3));
    }
}
