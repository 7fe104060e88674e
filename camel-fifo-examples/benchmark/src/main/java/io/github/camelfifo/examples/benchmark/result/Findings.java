package io.github.camelfifo.examples.benchmark.result;

import java.util.List;

/**
 * What the numbers of a run say. The races know how to read them; {@link Report} puts it on paper.
 *
 * @param goals what was to be reached
 * @param highlights what a user would ask for
 * @param figures one for each question that was measured
 */
public record Findings(List<Goal> goals, List<Highlight> highlights, List<Figure> figures) {}
