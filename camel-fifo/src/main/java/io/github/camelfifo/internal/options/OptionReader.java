package io.github.camelfifo.internal.options;

import io.github.camelfifo.frame.BodyType;
import io.github.camelfifo.frame.Delimiter;
import io.github.camelfifo.frame.EmbeddedDelimiter;
import io.github.camelfifo.frame.FrameSettings;
import io.github.camelfifo.frame.Framing;
import io.github.camelfifo.frame.OversizedFrame;
import io.github.camelfifo.pipe.NoReader;
import io.github.camelfifo.pipe.PipeOptions;
import io.github.camelfifo.pipe.WhenFull;
import io.github.camelfifo.pipe.WritePolicy;
import io.github.camelfifo.posix.ErrnoException;
import io.github.camelfifo.posix.Posix;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.PatternSyntaxException;

/** Checks the user's options and makes {@link EndpointOptions}; endpoints and the component call it. */
public final class OptionReader {

    /** A read never gives more than the pipe holds; a larger buffer is a typing error. */
    private static final int MAX_BUFFER_SIZE = 1 << 30;

    private final GivenOptions given;
    private final Path base;
    private final Supplier<Posix> posix;

    /**
     * A reader of these options.
     *
     * @param base the folder that all FIFOs must be in, or null
     * @param posix finds users and groups by their names
     */
    public OptionReader(GivenOptions given, Path base, Supplier<Posix> posix) {
        this.given = given;
        this.base = base;
        this.posix = posix;
    }

    /**
     * {@return the options of an endpoint}
     *
     * @param path absolute
     * @param replyPath absolute, or null
     * @throws IllegalArgumentException when a value is not acceptable, or does not go with another; the message names
     *     option and value and what is accepted
     */
    public EndpointOptions endpoint(Path path, Path replyPath) {
        EndpointOptions options = options(path, replyPath);
        options.framing().check(options.frames());
        Combinations.check(given);
        if (path.equals(replyPath)) {
            throw new IllegalArgumentException(
                    "replyTo=" + replyPath + " is the same named pipe as path=" + path + "; answers need another one");
        }
        return options;
    }

    /**
     * Checks the component's options for all endpoints. Each endpoint may still add an option, also one that another
     * option needs.
     *
     * @throws IllegalArgumentException when a value is not acceptable, or does not go with another that is given
     */
    public void checkDefaults() {
        EndpointOptions options = options(Path.of(""), null);
        Combinations.checkAmongGiven(given);
        boolean lacksLength = options.framing() == Framing.FIXED && !given.isGiven("frameLength");
        if (given.isGiven("framing") && !lacksLength) {
            options.framing().check(options.frames());
        }
    }

    /**
     * Refuses options that make no sense in one use of the endpoint.
     *
     * @param use in words, such as "polling"
     * @throws IllegalArgumentException when one of them is given; the message names option, value and use
     */
    public void refuse(String use, String... options) {
        for (String option : options) {
            if (given.isGiven(option)) {
                throw new IllegalArgumentException(given.shown(option) + " does not go with " + use);
            }
        }
    }

    private EndpointOptions options(Path path, Path replyPath) {
        OversizedFrame oversized = given.choice("oversizedFrame", OversizedFrame.class);
        // a reply never comes in pieces
        OversizedFrame oversizedReply = oversized == OversizedFrame.SPLIT ? OversizedFrame.FAIL : oversized;
        EndpointOptions forReplies = replyPath == null
                ? null
                : options(replyPath, frames(replyPath, oversizedReply), ConsumerOptions.OF_REPLIES, null);
        return options(path, frames(path, oversized), consuming(), forReplies);
    }

    private EndpointOptions options(
            Path path, FrameSettings frames, ConsumerOptions consuming, EndpointOptions forReplies) {
        return new EndpointOptions(
                path,
                pipe(),
                given.flag("deleteOnStop"),
                given.millis("checkInterval", 0),
                given.choice("framing", Framing.class),
                frames,
                consuming,
                writing(),
                given.is("atomicity", "STRICT"),
                given.millis("requestTimeout", 1),
                forReplies);
    }

    private FrameSettings frames(Path source, OversizedFrame oversized) {
        FrameSettings.Builder builder = FrameSettings.builder(source.toString())
                .charset(charset(given.text("charset")))
                .maxFrameLength(size("maxFrameLength", FrameSettings.MAX_FRAME_LENGTH))
                .chunkSize(size("chunkSize", MAX_BUFFER_SIZE))
                .lengthFieldSize(given.number("lengthFieldSize"))
                .skipEmptyFrames(given.flag("skipEmptyFrames"))
                .oversizedFrame(oversized)
                .bodyType(given.choice("bodyType", BodyType.class))
                .embeddedDelimiter(given.choice("embeddedDelimiter", EmbeddedDelimiter.class));
        if (given.isGiven("frameLength")) {
            builder.frameLength(size("frameLength", FrameSettings.MAX_FRAME_LENGTH));
        }
        if (given.isGiven("delimiter")) {
            builder.delimiter(Delimiter.parse(given.text("delimiter")));
        }
        return builder.build();
    }

    private PipeOptions pipe() {
        int owner = id("owner", name -> posix.get().users().userId(name));
        int group = id("group", name -> posix.get().users().groupId(name));
        boolean strict = given.flag("strict");
        if (strict && owner > 0 && owner != posix.get().users().effectiveUserId()) {
            throw new IllegalArgumentException(
                    "strict=true does not go with " + given.shown("owner") + "; leave one of them out");
        }
        return new PipeOptions(
                given.flag("autoCreate"),
                FilePermissions.parse("permissions", given.text("permissions")),
                owner,
                group,
                given.isGiven("pipeCapacity") ? size("pipeCapacity", MAX_BUFFER_SIZE) : 0,
                base,
                strict);
    }

    private ConsumerOptions consuming() {
        int maxBatchSize = given.number("maxBatchSize");
        if (maxBatchSize < 1) {
            throw new IllegalArgumentException(given.shown("maxBatchSize") + " is not 1 or more");
        }
        return new ConsumerOptions(
                given.is("acknowledge", "ON_COMPLETION"),
                maxBatchSize,
                given.is("onFailure", "RETRY"),
                given.millis("retryDelay", 0),
                given.flag("stopOnEof"),
                given.flag("holdOpen"),
                given.flag("exclusive"),
                lockFile(),
                names());
    }

    private Path lockFile() {
        String path = given.text("lockFile");
        if (path == null) {
            return null;
        }
        if (path.isBlank() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(given.shown("lockFile") + " is not the path of a file");
        }
        return Path.of(path).toAbsolutePath();
    }

    private Predicate<String> names() {
        Predicate<String> excluded = glob("exclude");
        Predicate<String> included = glob("include");
        return included == null || excluded == null ? included : included.and(excluded.negate());
    }

    /** A name that this JVM cannot encode matches nothing. */
    private static boolean matches(PathMatcher matcher, String name) {
        try {
            return matcher.matches(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Null when the option is not given. */
    private Predicate<String> glob(String option) {
        String pattern = given.text(option);
        if (pattern == null) {
            return null;
        }
        try {
            PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            if (!pattern.isBlank() && pattern.indexOf('/') < 0) {
                return name -> matches(matcher, name);
            }
        } catch (PatternSyntaxException e) {
            // reported below
        }
        throw new IllegalArgumentException(
                given.shown(option) + " is not a glob of file names, such as *.fifo or {a,b}-[0-9]*");
    }

    private WritePolicy writing() {
        return new WritePolicy(
                given.choice("noReader", NoReader.class),
                given.millis("readerTimeout", 0),
                given.choice("whenFull", WhenFull.class),
                given.millis("writeTimeout", 0),
                given.is("atomicity", "LOCK"),
                given.flag("holdOpen"));
    }

    private int size(String option, int max) {
        return ByteSize.parse(option, given.text(option), max);
    }

    private int id(String option, IdLookup lookup) {
        String value = given.text(option);
        if (value == null) {
            return PipeOptions.DEFAULT_ID;
        }
        int id;
        try {
            id = value.matches("\\d{1,9}") ? Integer.parseInt(value) : lookup.id(value);
        } catch (ErrnoException e) {
            throw new IllegalArgumentException(given.shown(option) + " cannot be looked up: " + e.getMessage(), e);
        }
        if (id < 0) {
            throw new IllegalArgumentException(given.shown(option) + " is neither a number nor a name on this system");
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
