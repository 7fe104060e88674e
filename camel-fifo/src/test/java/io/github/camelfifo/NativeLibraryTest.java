package io.github.camelfifo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.posix.NativeLibraryException;
import io.github.camelfifo.testing.JavaCommand;
import io.github.camelfifo.testing.JavaProcess;
import io.github.camelfifo.testing.ShellProcess;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How the native library is loaded where that is not easy, each time in a JVM of its own. Where it cannot be loaded, all that
 * needs it fails with an exception and with the same sentence, and what the sentence says to set mends it.
 */
class NativeLibraryTest extends FifoTestSupport {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Nobody can make a file in it, not even root. */
    private static final Path UNWRITABLE = Path.of("/proc");

    private static final String UNWRITABLE_IS = "/proc cannot be written to (No such file or directory)";
    private static final String NOWHERE_IS = "/nowhere cannot be written to (No such file or directory)";

    /** How a library for Intel's 80386 begins: 32 bits, little-endian. */
    private static final byte[] OF_ANOTHER_CPU =
            Arrays.copyOf("\177ELF\1\1\1\0\0\0\0\0\0\0\0\0\3\0\3\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII), 4096);

    private static final String CPU = System.getProperty("os.arch");

    private static final String ABOUT_OLD_JNR =
            aboutVersions(here("jnr-ffi") + " and " + here("jnr-constants"), "jnr-ffi 2.2.13 and jnr-constants 0.9.11");

    private final JavaCommand command = JavaCommand.of(NativeStart.class);

    @Test
    void itIsLoadedWhereNothingIsInTheWay() {
        assertWorks();
    }

    @Test
    void onAnotherSystemThanLinuxItIsNotTried() {
        command.option("-Dos.name=FreeBSD");

        assertThreeTimes(
                outputLines(),
                "java.lang.UnsupportedOperationException: Named pipes need Linux (epoll, /proc/self/fd); this system is"
                        + " FreeBSD");
    }

    @Test
    void aCLibraryOfAnotherCpuIsPassedOver() throws Exception {
        Files.write(folder.path("libc.so.6"), OF_ANOTHER_CPU);
        command.option("-Djava.library.path=" + folder.path());

        assertWorks();
    }

    @Test
    void aFileThatIsNoLibraryIsPassedOver() throws Exception {
        Files.writeString(folder.path("libc.so.6"), "no library");
        command.option("-Djava.library.path=" + folder.path());

        assertWorks();
    }

    @Test
    void whereNothingCanBeUnpackedTheSentenceNamesTheFoldersAndWhatToSet() {
        command.option("-Djava.io.tmpdir=/nowhere").in(UNWRITABLE);

        assertFails(aboutFolders(NOWHERE_IS + " and " + UNWRITABLE_IS));

        command.option("-Djffi.extract.dir=" + folder.path());
        assertWorks();
    }

    @Test
    void aFolderThatWasSetAndDoesNotServeIsNamed() {
        command.option("-Djffi.extract.dir=/nowhere");

        assertFails(aboutFolders(NOWHERE_IS));
    }

    /** The real thing, on a file system that only the new process sees. */
    @ParameterizedTest
    @CsvSource({"noexec, is mounted noexec", "size=64k, cannot be written to (No space left on device)"})
    void whatIsWrongWithTheFolderForTemporaryFilesIsNamed(String mountOption, String whatIsWrong) throws Exception {
        String script = "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";
        Path temporary = Files.createDirectory(folder.path("temporary"));
        List<String> mounted = Stream.concat(
                        unshared().stream(), Stream.of("sh", "-c", script, "sh", mountOption, temporary.toString()))
                .toList();
        command.by(mounted).option("-Djava.io.tmpdir=" + temporary).in(UNWRITABLE);

        assertFails(aboutFolders(temporary + " " + whatIsWrong + " and " + UNWRITABLE_IS));

        command.option("-Djffi.extract.dir=" + folder.path());
        assertWorks();
    }

    /** Root may mount; anybody else may as the root of a namespace of his own, where the system allows these. */
    private List<String> unshared() {
        for (List<String> attempt : List.of(List.of("unshare", "-m"), List.of("unshare", "-rm"))) {
            ShellProcess mount = sh("\"$@\" mount -t tmpfs tmpfs /tmp", attempt.toArray());
            if (mount.awaitExit(LIMIT) == 0) {
                return attempt;
            }
        }
        return abort("This user may mount nothing here, not even in a namespace of his own");
    }

    /** Stands for a system for which jffi has no library. */
    @Test
    void whereThereIsNoLibraryTheSentenceNamesTheCpuAndWhatToSet() throws Exception {
        Path nativeJar = jar("jffi-.*-native");
        command.without(nativeJar);

        String sentence = assertFails(aboutTheSystem(CPU));

        String library = sentence.replaceAll(".* (lib\\S+\\.so) .*", "$1");
        String directory = "jni/" + CPU.replace("amd64", "x86_64") + "-Linux/";
        try (FileSystem jar = FileSystems.newFileSystem(nativeJar)) {
            Files.copy(jar.getPath(directory + library), folder.path(library));
        }
        command.option("-Djffi.boot.library.path=" + folder.path());
        assertWorks();
    }

    /** Stands for a system with a C library that jffi's library is not for, such as musl. Here it is the CPU. */
    @Test
    void whereTheLibraryIsNotForThisSystemTheSentenceIsTheSame() {
        String another = CPU.equals("s390x") ? "riscv64" : "s390x";
        command.option("-Dos.arch=" + another);

        assertFails(aboutTheSystem(another));
    }

    /** jnr's classes give another error to the second who asks, which does not say why. */
    @Test
    void whereSomethingElseHasTriedToLoadItBeforeTheSentenceIsTheSame() {
        command.option("-Djava.io.tmpdir=/nowhere").in(UNWRITABLE);

        assertFails(aboutFolders(NOWHERE_IS + " and " + UNWRITABLE_IS), NativeStart.AFTER_SOMEBODY_ELSE);
    }

    @Test
    void whereABomHasTakenJnrBackTheSentenceNamesBothVersions() {
        takeJnrBack();

        assertFails(ABOUT_OLD_JNR);
    }

    @Test
    void soItDoesWhereSomethingElseHasTriedBefore() {
        takeJnrBack();

        assertFails(ABOUT_OLD_JNR, NativeStart.AFTER_SOMEBODY_ELSE);
    }

    @Test
    void soItDoesWhereTheComponentIsAJar() throws Exception {
        takeJnrBack();
        Path classes = Path.of(FifoComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path jar = folder.path("camel-fifo.jar");
        ToolProvider packer = ToolProvider.findFirst("jar").orElseThrow();
        assertThat(packer.run(
                        System.out, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), "."))
                .isZero();
        command.without(classes).with(jar);

        assertFails(ABOUT_OLD_JNR);
    }

    private void takeJnrBack() {
        command.without(jar("jnr-ffi-.*")).with(oldJar("jnr-ffi-2.2.13.jar"));
        command.without(jar("jnr-constants-.*")).with(oldJar("jnr-constants-0.9.11.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jnr-posix", "jnr-ffi", "jnr-constants", "jffi"})
    void whereAJarIsMissingTheSentenceNamesItsVersion(String artifact) {
        String needed = here(artifact);
        command.without(jar(artifact + "-[0-9.]+"));

        assertFails(aboutVersions(needed, "no " + artifact));
    }

    @Test
    void aJarThatDoesNotSayItsVersionIsNamedToo() throws Exception {
        Path packedAnew = Files.copy(oldJar("jnr-constants-0.9.11.jar"), folder.path("application.jar"));
        try (FileSystem jar = FileSystems.newFileSystem(packedAnew)) {
            Files.delete(jar.getPath("META-INF/maven/com.github.jnr/jnr-constants/pom.properties"));
        }
        command.without(jar("jnr-constants-.*")).with(packedAnew);

        assertFails(aboutVersions(here("jnr-constants"), "jnr-constants of an unknown version"));
    }

    @Test
    void whereSomethingIsMissingThatJnrDependsOnTheSentenceNamesTheClass() {
        command.without(jar("asm-[0-9.]+"));

        assertFails(
                "Named pipes need jnr-posix and all that it depends on, but there is no class or member"
                        + " org.objectweb.asm.ClassVisitor: take what jnr-posix depends on into the application's build as it is");
    }

    private static String aboutFolders(String whatIsWrong) {
        return "Named pipes need a native library that has to be unpacked first, but " + whatIsWrong
                + ": set the system property jffi.extract.dir to a folder that this process can write to and that is not"
                + " mounted noexec";
    }

    private static String aboutTheSystem(String cpu) {
        return "Named pipes need a native library, but " + here("jffi") + " has none that can be loaded with this CPU ("
                + cpu + ") and this C library: set the system property jffi.boot.library.path to a folder that has a"
                + " libjffi-1.2.so built for both";
    }

    private static String aboutVersions(String needed, String found) {
        return "Named pipes need " + needed + ", but the class path has " + found
                + ": set the needed versions in the application's build, before any BOM that sets others";
    }

    /** An artifact's name and version, as the name of its jar says them. */
    private static String here(String artifact) {
        return jar(artifact + "-[0-9.]+").getFileName().toString().replaceAll("-([0-9.]+)\\.jar", " $1");
    }

    private static Path jar(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(file -> file.getFileName().toString().matches(name + "\\.jar"))
                .findAny()
                .orElseThrow();
    }

    private static Path oldJar(String name) {
        String folder = System.getProperty("fifo.old.jnr");
        assumeTrue(folder != null, "not started by Maven: nothing was put there");
        return Path.of(folder, name);
    }

    private void assertWorks() {
        assertThreeTimes(outputLines(), NativeStart.WORKED);
    }

    private String assertFails(String sentence, Object... arguments) {
        List<String> output = outputLines(arguments);
        assertThreeTimes(output, NativeStart.FAILED);
        assertThreeTimes(output, NativeLibraryException.class.getName() + ": " + sentence);
        return sentence;
    }

    /** For reading, writing and sending. */
    private static void assertThreeTimes(List<String> output, String expected) {
        assertThat(output.stream().filter(expected::equals))
                .as("%s, in %s", expected, output)
                .hasSize(3);
    }

    private List<String> outputLines(Object... arguments) {
        Object[] all = Stream.concat(Stream.of(uri(folder.path("pipe"))), Arrays.stream(arguments))
                .toArray();
        try (JavaProcess process = command.start(all)) {
            assertThat(process.awaitExit(LIMIT)).as(process.output()).isZero();
            return process.output().lines().toList();
        }
    }
}
