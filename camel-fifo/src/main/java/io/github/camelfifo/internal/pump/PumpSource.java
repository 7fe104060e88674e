package io.github.camelfifo.internal.pump;

import io.github.camelfifo.pipe.Intake;
import io.github.camelfifo.pipe.PipeListener;
import io.github.camelfifo.pipe.PipeReader;
import io.github.camelfifo.pipe.ReadingEnd;
import java.util.function.Function;

/**
 * The pipe that a {@link FramePump} reads. {@link ConsumedPipe} makes it.
 *
 * @param end the reading end; the pump closes it
 * @param listener hears when the pipe cannot be opened again after its writers have gone
 * @param intake takes the bytes out of the pipe
 */
record PumpSource(ReadingEnd end, PipeListener listener, Function<PipeReader, Intake> intake) {}
