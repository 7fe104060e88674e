package io.github.camelfifo.programs;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** The program that a test class has on the other end of its pipes. Without it the class is skipped. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramCondition.class)
@interface Needs {

    /** The name of its executable file. */
    String program();

    /** The package of Debian that has it. */
    String debianPackage();

    /** Whether the class is so fast that it is always run, not only with {@code -Dfifo.programs=true}. */
    boolean fast() default false;
}
