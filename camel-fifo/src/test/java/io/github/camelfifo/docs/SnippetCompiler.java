package io.github.camelfifo.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java as a user would, with the class path of the tests. */
final class SnippetCompiler {

    private static final Pattern CLASS_NAME = Pattern.compile("^public (?:abstract )?class (\\w+)", Pattern.MULTILINE);

    private final Path folder;

    /**
     * Does nothing yet.
     *
     * @param folder for sources and classes
     */
    SnippetCompiler(Path folder) {
        this.folder = folder;
    }

    /** Compiles sources, each of one public class without a package, and gives what loads the classes. */
    URLClassLoader compile(List<String> sources) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            files.add(Files.writeString(folder.resolve(className(source) + ".java"), source));
        }
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(files, classes);
        return new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
    }

    /** The name of a source's public class. */
    static String className(String source) {
        Matcher name = CLASS_NAME.matcher(source);
        assertThat(name.find()).as("a public class: %s", source).isTrue();
        return name.group(1);
    }

    private static void compile(List<Path> sources, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            List<String> options =
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
            boolean done = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();
            assertThat(done).as("compiles: %s", complaints).isTrue();
        }
    }
}
