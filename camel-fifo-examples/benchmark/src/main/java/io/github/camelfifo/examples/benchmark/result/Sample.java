package io.github.camelfifo.examples.benchmark.result;

/**
 * One measured number.
 *
 * @param race in which race
 * @param contestant whose
 * @param measure of what
 * @param unit in which unit
 * @param value the number
 */
public record Sample(String race, String contestant, String measure, String unit, double value) {}
