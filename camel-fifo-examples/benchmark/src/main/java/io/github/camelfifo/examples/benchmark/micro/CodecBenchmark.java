package io.github.camelfifo.examples.benchmark.micro;

import io.github.camelfifo.frame.Frame;
import io.github.camelfifo.frame.FrameDecoder;
import io.github.camelfifo.frame.FrameEncoder;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What one message costs in a framing, apart from all I/O. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private static final int MESSAGES = 800;
    private static final int LENGTH = 79;

    /** Which framing. */
    @Param({"LINES", "DELIMITED", "FIXED", "LENGTH_PREFIXED"})
    public Framing framing;

    private FrameDecoder decoder;
    private FrameEncoder encoder;
    private ByteBuffer bytes;
    private String text;

    /** For JMH. */
    public CodecBenchmark() {}

    /**
     * Makes one read's worth of messages.
     *
     * @throws IOException never
     */
    @Setup
    public void setUp() throws IOException {
        FrameSettings settings =
                FrameSettings.builder("benchmark").frameLength(LENGTH).build();
        decoder = framing.decoder(settings);
        encoder = framing.encoder(settings);
        text = "2026-01-01T00:00:00.000Z INFO  shop.Order  order 4711 of customer 42 accepted ..".substring(0, LENGTH);
        bytes = ByteBuffer.allocate(MESSAGES * (LENGTH + Integer.BYTES));
        for (int i = 0; i < MESSAGES; i++) {
            bytes.put(encoder.encode(text.getBytes(StandardCharsets.UTF_8)));
        }
        bytes.flip();
    }

    /**
     * Decodes what one read has given.
     *
     * @param blackhole takes the frames
     * @throws IOException never
     */
    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void decode(Blackhole blackhole) throws IOException {
        bytes.rewind();
        for (Frame frame = decoder.decode(bytes); frame != null; frame = decoder.decode(bytes)) {
            blackhole.consume(frame);
        }
    }

    /**
     * Encodes one text.
     *
     * @return the frame
     * @throws IOException never
     */
    @Benchmark
    public ByteBuffer encode() throws IOException {
        return encoder.encode(text);
    }
}
