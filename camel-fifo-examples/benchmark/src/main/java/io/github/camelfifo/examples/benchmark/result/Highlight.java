package io.github.camelfifo.examples.benchmark.result;

import java.util.List;

/**
 * What a user would ask for first: a row of the table in the project's README.
 *
 * @param question what is measured
 * @param answer the number
 * @param comparison beside what one would take instead; empty when there is nothing to compare with
 * @param goals which it is held against
 */
public record Highlight(String question, String answer, String comparison, List<Goal> goals) {}
