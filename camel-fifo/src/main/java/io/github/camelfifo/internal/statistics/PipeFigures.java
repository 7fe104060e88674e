package io.github.camelfifo.internal.statistics;

/**
 * The figures of one FIFO, or of an endpoint, at one moment. JMX, meters and the dev console show them; {@link Figure}
 * describes each number.
 *
 * @param path absolute; that of the folder, for the sum over its FIFOs
 * @param name the FIFO's name in its folder; null outside of a folder
 * @param state of the consumer
 * @param counts what happened so far
 * @param gauges what the FIFO is like now
 * @param failure the last one
 */
public record PipeFigures(
        String path, String name, ConsumerState state, Counts counts, Gauges gauges, Failure failure) {}
