package io.github.camelfifo;

import io.github.camelfifo.frame.Delimiter;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.frame.SessionStore;
import io.github.camelfifo.pipe.PipeOptions;
import io.github.camelfifo.pipe.WritePolicy;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * An endpoint's options in the units that the component works with, each checked for itself and against the others.
 *
 * @param path absolute
 * @param pipe what to do when the FIFO is made and opened
 * @param frames for decoders and encoders
 * @param writing how long a message may take
 * @param replyPath absolute; null when there is none
 */
record CheckedOptions(Path path, PipeOptions pipe, FrameSettings frames, WritePolicy writing, Path replyPath) {

    /** A read never gives more than the pipe holds; a buffer beyond this size is a slip of the keyboard. */
    private static final int MAX_CHUNK_SIZE = 1 << 30;

    /**
     * Checks everything.
     *
     * @param given the options
     * @param path absolute
     * @param replyPath absolute, or null
     * @param base the folder that the FIFO must be in, or null
     * @param posix looks names of users and groups up
     * @param sessionStore keeps sessions elsewhere than in memory, or null
     * @throws IllegalArgumentException when a value is not acceptable, or goes with another only in error; the message
     *     names option and value and what is accepted
     */
    static CheckedOptions of(
            FifoConfiguration given,
            Path path,
            Path replyPath,
            Path base,
            Supplier<Posix> posix,
            Supplier<? extends SessionStore> sessionStore) {
        CheckedOptions checked = of(given, path, replyPath, frames(given, path.toString(), sessionStore), base, posix);
        given.getFraming().check(checked.frames());
        Combinations.check(given);
        if (path.equals(replyPath)) {
            throw new IllegalArgumentException(
                    "replyTo=" + replyPath + " does not go with path=" + path + "; leave one of them out");
        }
        return checked;
    }

    /**
     * Checks what all endpoints begin with. What is missing, or makes no sense but with an option that is not given, each
     * endpoint may add.
     *
     * @param given the options
     * @param base the folder that all FIFOs must be in, or null
     * @param posix looks names of users and groups up
     * @throws IllegalArgumentException when a value is not acceptable, or goes with another that is given only in error
     */
    static void checkDefaults(FifoConfiguration given, Path base, Supplier<Posix> posix) {
        FrameSettings frames = frames(given, "", null);
        CheckedOptions unused = of(given, null, null, frames, base, posix);
        Combinations.checkAmongGiven(given);
        boolean lacksLength = given.getFraming() == Framing.FIXED && given.getFrameLength() == null;
        if (Combinations.isFramingGiven(given) && !lacksLength) {
            given.getFraming().check(frames);
        }
    }

    private static CheckedOptions of(
            FifoConfiguration given,
            Path path,
            Path replyPath,
            FrameSettings frames,
            Path base,
            Supplier<Posix> posix) {
        PipeOptions pipe = pipe(given, base, posix);
        checkTimesAndNumbers(given);
        return new CheckedOptions(path, pipe, frames, writing(given), replyPath);
    }

    private static FrameSettings frames(
            FifoConfiguration given, String source, Supplier<? extends SessionStore> sessionStore) {
        FrameSettings.Builder builder = FrameSettings.builder(source)
                .charset(charset(given.getCharset()))
                .maxFrameLength(size("maxFrameLength", given.getMaxFrameLength(), FrameSettings.MAX_FRAME_LENGTH))
                .chunkSize(size("chunkSize", given.getChunkSize(), MAX_CHUNK_SIZE))
                .lengthFieldSize(given.getLengthFieldSize())
                .skipEmptyFrames(given.isSkipEmptyFrames())
                .oversizedFrame(given.getOversizedFrame())
                .bodyType(given.getBodyType())
                .embeddedDelimiter(given.getEmbeddedDelimiter())
                .sessionStore(sessionStore);
        if (given.getFrameLength() != null) {
            builder.frameLength(size("frameLength", given.getFrameLength(), FrameSettings.MAX_FRAME_LENGTH));
        }
        if (given.getDelimiter() != null) {
            builder.delimiter(Delimiter.parse(given.getDelimiter()));
        }
        return builder.build();
    }

    private static PipeOptions pipe(FifoConfiguration given, Path base, Supplier<Posix> posix) {
        int capacity = given.getPipeCapacity() == null ? 0 : size("pipeCapacity", given.getPipeCapacity(), 1 << 30);
        int owner = id("owner", given.getOwner(), name -> posix.get().users().userId(name));
        int group = id("group", given.getGroup(), name -> posix.get().users().groupId(name));
        boolean foreign = owner > 0 && owner != posix.get().users().effectiveUserId();
        if (given.isStrict() && foreign) {
            throw new IllegalArgumentException(
                    "strict=true does not go with owner=" + given.getOwner() + "; leave one of them out");
        }
        int permissions = FilePermissions.parse("permissions", given.getPermissions());
        return new PipeOptions(given.isAutoCreate(), permissions, owner, group, capacity, base, given.isStrict());
    }

    private static WritePolicy writing(FifoConfiguration given) {
        return new WritePolicy(
                given.getNoReader(),
                time("readerTimeout", given.getReaderTimeout()),
                given.getWhenFull(),
                time("writeTimeout", given.getWriteTimeout()),
                given.getAtomicity() == Atomicity.LOCK,
                given.isHoldOpen());
    }

    private static void checkTimesAndNumbers(FifoConfiguration given) {
        long unused = time("checkInterval", given.getCheckInterval());
        unused = time("retryDelay", given.getRetryDelay());
        if (given.getRequestTimeout() < 1) {
            throw new IllegalArgumentException("requestTimeout=" + given.getRequestTimeout()
                    + " is not a time of 1 or more, in milliseconds or such as 30s");
        }
        if (given.getMaxBatchSize() < 1) {
            throw new IllegalArgumentException("maxBatchSize=" + given.getMaxBatchSize() + " is not 1 or more");
        }
    }

    private static int size(String option, String value, int max) {
        return ByteSize.parse(option, value, max);
    }

    private static long time(String option, long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException(
                    option + "=" + millis + " is not a time of 0 or more, in milliseconds or such as 30s");
        }
        return millis;
    }

    private static int id(String option, String value, IdLookup lookup) {
        if (value == null) {
            return PipeOptions.DEFAULT_ID;
        }
        int id;
        try {
            id = value.matches("\\d{1,9}") ? Integer.parseInt(value) : lookup.id(value);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(option + "=" + value + " cannot be looked up: " + e.getMessage(), e);
        }
        if (id < 0) {
            throw new IllegalArgumentException(option + "=" + value + " is neither a number nor a name on this system");
        }
        return id;
    }

    private interface IdLookup {
        int id(String name) throws ErrnoException;
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "charset=" + name + " is not a charset of this JVM, such as UTF-8 or ISO-8859-1");
        }
    }
}
