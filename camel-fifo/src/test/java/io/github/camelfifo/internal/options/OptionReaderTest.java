package io.github.camelfifo.internal.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.camelfifo.Acknowledge;
import io.github.camelfifo.Atomicity;
import io.github.camelfifo.FifoConfiguration;
import io.github.camelfifo.FifoEndpoint;
import io.github.camelfifo.OnFailure;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.frame.OversizedFrame;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.pipe.PipeOptions;
import io.github.camelfifo.pipe.WhenFull;
import io.github.camelfifo.pipe.WritePolicy;
import io.github.camelfifo.posix.Posix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OptionReaderTest {

    private static final Path PATH = Path.of("/tmp/requests");
    private static final Path REPLY_PATH = Path.of("/tmp/replies");

    private final FifoConfiguration configuration = new FifoConfiguration();

    /** Every option that goes with all the others has another value than by default. */
    @BeforeEach
    void giveOptions() {
        configuration.setAutoCreate(false);
        configuration.setPermissions("640");
        configuration.setOwner("0");
        configuration.setGroup("7");
        configuration.setDeleteOnStop(true);
        configuration.setPipeCapacity("128k");
        configuration.setCheckInterval(5_000);
        configuration.setFraming(Framing.DELIMITED);
        configuration.setDelimiter("\\x3b");
        configuration.setCharset("ISO-8859-1");
        configuration.setMaxFrameLength("2k");
        configuration.setChunkSize("3k");
        configuration.setMaxBatchSize(5);
        configuration.setSkipEmptyFrames(true);
        configuration.setAcknowledge(Acknowledge.ON_COMPLETION);
        configuration.setOnFailure(OnFailure.RETRY);
        configuration.setRetryDelay(7_000);
        configuration.setStopOnEof(true);
        configuration.setReplyTo(REPLY_PATH.toString());
        configuration.setRequestTimeout(9_000);
        configuration.setReaderTimeout(1_000);
        configuration.setWhenFull(WhenFull.FAIL);
        configuration.setWriteTimeout(2_000);
        configuration.setAtomicity(Atomicity.LOCK);
        configuration.setHoldOpen(true);
    }

    private EndpointOptions read() {
        GivenOptions given = new StrictConfigurer(FifoEndpoint.class)
                .given(endpoint(configuration), endpoint(new FifoConfiguration()));
        return new OptionReader(given, null, Posix::system).endpoint(PATH, REPLY_PATH);
    }

    private static FifoEndpoint endpoint(FifoConfiguration configuration) {
        return new FifoEndpoint(null, null, null, configuration);
    }

    @Test
    void optionsAreInTheUnitsThatTheComponentWorksWith() {
        EndpointOptions options = read();

        assertThat(options.path()).isEqualTo(PATH);
        assertThat(options.pipe()).isEqualTo(new PipeOptions(false, 0640, 0, 7, 128 << 10, null, false));
        assertThat(options.deleteOnStop()).isTrue();
        assertThat(options.checkIntervalMillis()).isEqualTo(5_000);
        assertThat(options.framing()).isEqualTo(Framing.DELIMITED);
        assertThat(options.frames().source()).isEqualTo(PATH.toString());
        assertThat(options.frames().delimiter()).isEqualTo(";");
        assertThat(options.frames().charset()).isEqualTo(StandardCharsets.ISO_8859_1);
        assertThat(options.frames().maxFrameLength()).isEqualTo(2 << 10);
        assertThat(options.frames().chunkSize()).isEqualTo(3 << 10);
        assertThat(options.consuming())
                .isEqualTo(new ConsumerOptions(true, 5, true, 7_000, true, true, false, null, null));
        assertThat(options.writing())
                .isEqualTo(new WritePolicy(NoReader.WAIT, 1_000, WhenFull.FAIL, 2_000, true, true));
        assertThat(options.strictlyAtomic()).isFalse();
        assertThat(options.requestTimeoutMillis()).isEqualTo(9_000);
    }

    @ParameterizedTest
    @EnumSource(Atomicity.class)
    void atomicityIsEitherStrictOrALockOrNeither(Atomicity atomicity) {
        configuration.setAtomicity(atomicity);

        assertThat(read().strictlyAtomic()).isEqualTo(atomicity == Atomicity.STRICT);
        assertThat(read().writing().lock()).isEqualTo(atomicity == Atomicity.LOCK);
    }

    @Test
    void repliesHaveTheSameOptionsButForTheirPathAndThoseOfTheConsumer() {
        EndpointOptions options = read();

        assertThat(options.forReplies())
                .usingRecursiveComparison()
                .ignoringFields("path", "frames.source", "consuming", "forReplies")
                .isEqualTo(options);
        assertThat(options.forReplies().path()).isEqualTo(REPLY_PATH);
        assertThat(options.forReplies().frames().source()).isEqualTo(REPLY_PATH.toString());
        assertThat(options.forReplies().consuming())
                .isEqualTo(new ConsumerOptions(false, 1, false, 0, false, false, false, null, null));
        assertThat(options.forReplies().forReplies()).isNull();
    }

    @ParameterizedTest
    @EnumSource(OversizedFrame.class)
    void aReplyNeverComesInPieces(OversizedFrame oversizedFrame) {
        configuration.setOversizedFrame(oversizedFrame);

        assertThat(read().frames().oversizedFrame()).isEqualTo(oversizedFrame);
        assertThat(read().forReplies().frames().oversizedFrame())
                .isEqualTo(oversizedFrame == OversizedFrame.SPLIT ? OversizedFrame.FAIL : oversizedFrame);
    }

    @Test
    void aChoiceThatASetterTookAwayIsRefused() {
        configuration.setAcknowledge(null);

        assertThatIllegalArgumentException()
                .isThrownBy(this::read)
                .withMessage("acknowledge=null is not one of ON_RECEIPT, ON_COMPLETION");
    }

    @Test
    void aNumberNeedsNoLookUpOfNames() {
        GivenOptions given = new StrictConfigurer(FifoEndpoint.class)
                .given(endpoint(configuration), endpoint(new FifoConfiguration()));
        OptionReader reader = new OptionReader(given, null, () -> {
            throw new AssertionError("looked up");
        });

        assertThat(reader.endpoint(PATH, null).pipe().group()).isEqualTo(7);
    }
}
