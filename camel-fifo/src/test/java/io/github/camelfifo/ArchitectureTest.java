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
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import org.apache.camel.health.HealthCheck;
import org.junit.jupiter.api.Test;

/**
 * The house rules: {@code posix}, {@code pipe}, {@code frame}, the rooms of {@code internal}, and on top of them the root,
 * which is what users and Camel see. Each knows only what is below it, and all up to {@code internal.pump} know no Camel.
 */
class ArchitectureTest {

    private static final String ROOT = "io.github.camelfifo";
    private static final String POSIX = ROOT + ".posix..";
    private static final String PIPE = ROOT + ".pipe..";
    private static final String FRAME = ROOT + ".frame..";
    private static final String INTERNAL = ROOT + ".internal..";
    private static final String PUMP = ROOT + ".internal.pump..";
    private static final String STATISTICS = ROOT + ".internal.statistics..";
    private static final String SPRING_BOOT = ROOT + ".springboot..";
    private static final int LONGEST_CYCLE = 4;

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
    void onlyItsOwnRoomKnowsSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackage(SPRING_BOOT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.camel.spring..", SPRING_BOOT)
                .check(MAIN);
    }

    /** It moved from Spring Boot 3 to Spring Boot 4. */
    @Test
    void nothingKnowsTheActuator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework.boot.actuate..",
                        "org.springframework.boot.health..",
                        "org.apache.camel.spring.boot.actuate..")
                .check(MAIN);
    }

    @Test
    void nothingUpToThePumpKnowsCamel() {
        noClasses()
                .that()
                .resideInAnyPackage(POSIX, PIPE, FRAME, STATISTICS, PUMP)
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
    void statisticsNeedNothingOfOursButPipe() {
        noClasses()
                .that()
                .resideInAPackage(STATISTICS)
                .should()
                .dependOnClassesThat(oursOutsideOf(STATISTICS, PIPE))
                .check(MAIN);
    }

    @Test
    void pumpNeedsNothingOfOursButWhatReadsDecodesAndCounts() {
        noClasses()
                .that()
                .resideInAPackage(PUMP)
                .should()
                .dependOnClassesThat(oursOutsideOf(PUMP, STATISTICS, PIPE, FRAME, POSIX))
                .check(MAIN);
    }

    /** They get values and no endpoint; String constants are inlined by the compiler and do not count. */
    @Test
    void nothingKnowsTheRoot() {
        noClasses()
                .that()
                .resideInAnyPackage(POSIX, PIPE, FRAME, INTERNAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT)
                .check(MAIN);
    }

    /** Or what Camel calls by an interface of its own. */
    @Test
    void theRootHoldsOnlyWhatUsersAndCamelSee() {
        classes()
                .that()
                .resideInAPackage(ROOT)
                .and()
                .areTopLevelClasses()
                .should()
                .bePublic()
                .orShould()
                .beAssignableTo(HealthCheck.class)
                .check(MAIN);
    }

    /** It need not be on the class path. */
    @Test
    void onlyOneClassKnowsMicrometer() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".internal.monitoring.MicrometerMeters")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .check(MAIN);
    }

    @Test
    void packagesMakeNoCycle() {
        slices().assignedFrom(new PackageSlices()).should().beFreeOfCycles().check(MAIN);
    }

    /** A component, its endpoint and what that makes need each other in Camel; nothing else here does. */
    @Test
    void noMoreThanFourClassesNeedEachOther() {
        assertThat(new ClassCycles(MAIN).sets())
                .allSatisfy(set -> assertThat(set).hasSizeLessThanOrEqualTo(LONGEST_CYCLE));
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

    private static final class PackageSlices implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }
}
