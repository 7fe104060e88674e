package io.github.camelfifo.posix;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Says in one sentence why the native library could not be loaded, for the user of the application.
 * {@link NativeLibrary} asks; this checks the folders and jars as they are now.
 */
final class LoadFailure {

    private final List<Throwable> causes;

    /** {@code thrown} is what jnr threw when it loaded the library. */
    LoadFailure(Throwable thrown) {
        causes = Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .toList();
    }

    /** Names the fault and the remedy. It leaves out jffi's own advice: Java does not look at TMPDIR on Linux. */
    String sentence() {
        if (causes.stream().anyMatch(LoadFailure::isOfClassesThatDoNotFit)) {
            List<JnrJar> others = JnrJar.ofOtherVersions();
            return others.isEmpty() ? ofClasses() : ofVersions(others);
        }
        List<String> unusable = UnpackingFolder.allIfNoneIsUsable();
        return unusable.isEmpty() ? ofTheSystem() : ofFolders(unusable);
    }

    private static boolean isOfClassesThatDoNotFit(Throwable cause) {
        return cause instanceof LinkageError && !(cause instanceof UnsatisfiedLinkError) && !isOfInitialising(cause);
    }

    /**
     * Whether jnr's classes could not be initialised: without a native library this fails for the first caller and then
     * for all others. The JVM keeps only the text of the first failure.
     */
    private static boolean isOfInitialising(Throwable cause) {
        String message = cause.getMessage();
        return cause instanceof ExceptionInInitializerError
                ? message == null || message.contains(UnsatisfiedLinkError.class.getName())
                : message != null && message.startsWith("Could not initialize class");
    }

    private static String ofFolders(List<String> unusable) {
        return "Named pipes need a native library that has to be unpacked first, but " + String.join(" and ", unusable)
                + ": set the system property " + UnpackingFolder.PROPERTY
                + " to a folder that this process can write to and that is not mounted noexec";
    }

    private static String ofTheSystem() {
        return "Named pipes need a native library, but " + JnrJar.JFFI.found()
                + " has none that can be loaded with this CPU (" + System.getProperty("os.arch")
                + ") and this C library: set the system property jffi.boot.library.path to a folder that has a"
                + " libjffi-1.2.so built for both";
    }

    private static String ofVersions(List<JnrJar> others) {
        return "Named pipes need " + list(others, JnrJar::needed) + ", but the class path has "
                + list(others, JnrJar::found)
                + ": set the needed versions in the application's build, before any BOM that sets others";
    }

    private static String list(List<JnrJar> jars, Function<JnrJar, String> text) {
        return jars.stream().map(text).collect(joining(" and "));
    }

    private String ofClasses() {
        return "Named pipes need jnr-posix and all that it depends on, but there is no class or member "
                + causes.get(causes.size() - 1).getMessage()
                + ": take what jnr-posix depends on into the application's build as it is";
    }
}
