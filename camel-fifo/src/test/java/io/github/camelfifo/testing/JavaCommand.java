package io.github.camelfifo.testing;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a {@link JavaProcess} is to be started: on the class path of the tests, with this JVM's Java, quickly (one compiler, the
 * simplest collector) and without logging, unless it is told otherwise.
 */
public final class JavaCommand {

    private static final List<String> QUICK =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData", "-Xmx128m");

    private static final String NO_LOGGING = "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider";
    private static final String LOG_TO_CONSOLE = "-Dlog4j2.configurationFile=log4j2-child.properties";

    private final Class<?> main;
    private final List<String> starter = new ArrayList<>();
    private final List<String> options = new ArrayList<>(QUICK);
    private final List<String> classPath =
            new ArrayList<>(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    private String logging = NO_LOGGING;
    private File workingFolder;

    private JavaCommand(Class<?> main) {
        this.main = main;
        if (Runtime.version().feature() >= 24) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
    }

    /** What is to be run. */
    public static JavaCommand of(Class<?> main) {
        return new JavaCommand(main);
    }

    /** What the component logs goes to the output. */
    public JavaCommand logging() {
        logging = LOG_TO_CONSOLE;
        return this;
    }

    /** An option of java; of two that contradict each other the later one holds. */
    public JavaCommand option(String option) {
        options.add(option);
        return this;
    }

    /** Leaves a jar out of the class path, where it has to be. */
    public JavaCommand without(Path jar) {
        if (!classPath.remove(jar.toString())) {
            throw new IllegalArgumentException("No " + jar + " in " + classPath);
        }
        return this;
    }

    /** Adds a jar or a folder to the class path. */
    public JavaCommand with(Path jar) {
        classPath.add(jar.toString());
        return this;
    }

    /** In another folder than that of this JVM. */
    public JavaCommand in(Path folder) {
        workingFolder = folder.toFile();
        return this;
    }

    /** By way of a program that gets the command as its last arguments. */
    public JavaCommand by(List<String> program) {
        starter.addAll(program);
        return this;
    }

    /** Starts it. */
    public JavaProcess start(Object... arguments) {
        List<String> command = new ArrayList<>(starter);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(logging, "-cp", String.join(File.pathSeparator, classPath), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new JavaProcess(new ProcessBuilder(command).directory(workingFolder));
    }
}
