package io.github.camelfifo;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import org.junit.jupiter.api.Test;

/**
 * The house rules: {@code posix}, {@code pipe}, {@code frame}, and Camel on top of them, each of which sees only what
 * is below it. The three make a library without Camel and stay one.
 */
class ArchitectureTest {

    private static final String ROOT = "io.github.camelfifo";
    private static final String POSIX = ROOT + ".posix..";
    private static final String PIPE = ROOT + ".pipe..";
    private static final String FRAME = ROOT + ".frame..";

    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void onlyPosixKnowsTheNativeLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage(POSIX)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jnr..")
                .check(MAIN);
    }

    @Test
    void nothingBelowTheRootKnowsCamel() {
        noClasses()
                .that()
                .resideInAnyPackage(POSIX, PIPE, FRAME)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(MAIN);
    }

    @Test
    void frameNeedsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(FRAME)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", FRAME))
                .check(MAIN);
    }

    @Test
    void posixNeedsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(POSIX)
                .should()
                .dependOnClassesThat(oursOutsideOf(POSIX))
                .check(MAIN);
    }

    @Test
    void pipeNeedsNothingOfOursButPosix() {
        noClasses()
                .that()
                .resideInAPackage(PIPE)
                .should()
                .dependOnClassesThat(oursOutsideOf(PIPE, POSIX))
                .check(MAIN);
    }

    @Test
    void packagesMakeNoCycle() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(MAIN);
    }

    /** A thread in one of these blocks in open(2) or read(2) for ever, and no stop ends it. */
    @Test
    void nothingOpensFilesThroughTheBlockingCallsOfTheJdk() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(
                        FileInputStream.class,
                        FileOutputStream.class,
                        FileReader.class,
                        FileWriter.class,
                        RandomAccessFile.class)
                .orShould()
                .callMethodWhere(target(name("open")).and(target(owner(type(FileChannel.class)))))
                .check(MAIN);
    }

    private static DescribedPredicate<JavaClass> oursOutsideOf(String... packages) {
        return resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(packages)));
    }
}
