package io.github.camelfifo.internal.statistics;

/**
 * The figures of one FIFO, or of an endpoint, at one moment. JMX, meters and the dev console show them; {@link Figure}
 * describes each number. The counters begin at zero when the endpoint is made, and again when someone resets them.
 *
 * @param path absolute; that of the folder, for the sum over its FIFOs
 * @param name the FIFO's name in its folder; null outside of a folder
 * @param inode of the FIFO that is open; -1 when none is open
 * @param state {@code flowing}, {@code suspended}, {@code standby}, {@code lost} or {@code stopped}
 * @param bytesIn see {@link Figure#BYTES_IN}
 * @param framesIn see {@link Figure#FRAMES_IN}
 * @param bytesOut see {@link Figure#BYTES_OUT}
 * @param framesOut see {@link Figure#FRAMES_OUT}
 * @param sessions see {@link Figure#SESSIONS}
 * @param discarded see {@link Figure#DISCARDED}
 * @param oversized see {@link Figure#OVERSIZED}
 * @param malformed see {@link Figure#MALFORMED}
 * @param redelivered see {@link Figure#REDELIVERED}
 * @param readerWaits see {@link Figure#READER_WAITS}
 * @param bytesWaiting see {@link Figure#BYTES_WAITING}; -1 when no FIFO is open
 * @param capacity see {@link Figure#CAPACITY}; -1 when no FIFO is open
 * @param lastErrorMillis when the last failure was, in milliseconds since 1970; 0 for none
 * @param lastError what failed last; null for none
 */
public record PipeFigures(
        String path,
        String name,
        long inode,
        String state,
        long bytesIn,
        long framesIn,
        long bytesOut,
        long framesOut,
        long sessions,
        long discarded,
        long oversized,
        long malformed,
        long redelivered,
        long readerWaits,
        long bytesWaiting,
        long capacity,
        long lastErrorMillis,
        String lastError) {}
