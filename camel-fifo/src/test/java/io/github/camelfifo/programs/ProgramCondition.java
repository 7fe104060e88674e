package io.github.camelfifo.programs;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test class whose program is missing or is not asked for, and says so. JUnit makes it for {@link Needs}. */
final class ProgramCondition implements ExecutionCondition {

    private static final String SWITCH = "fifo.programs";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getElement()
                .map(element -> element.getAnnotation(Needs.class))
                .map(ProgramCondition::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("Needs no program"));
    }

    private static ConditionEvaluationResult evaluate(Needs needs) {
        if (!needs.fast() && !Boolean.getBoolean(SWITCH)) {
            return ConditionEvaluationResult.disabled(
                    "Tests with the program %s run only with -D%s=true".formatted(needs.program(), SWITCH));
        }
        return Programs.find(needs.program())
                .map(path -> ConditionEvaluationResult.enabled("Runs " + path))
                .orElseGet(() -> ConditionEvaluationResult.disabled(
                        "The program %s is not installed here; Debian has it in the package %s"
                                .formatted(needs.program(), needs.debianPackage())));
    }
}
