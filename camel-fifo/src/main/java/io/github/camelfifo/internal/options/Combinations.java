package io.github.camelfifo.internal.options;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules for options that do not go together although each is fine alone; {@link OptionReader} asks. */
final class Combinations {

    /** An option that makes no sense with certain values of another one. */
    private record Combination(String option, String with, Predicate<GivenOptions> excludes) {

        boolean isIn(GivenOptions given) {
            return given.isGiven(option) && excludes.test(given);
        }
    }

    private static final List<Combination> SENSELESS = List.of(
            not("maxBatchSize", "framing", "CHUNKS", "SESSION"),
            only("delimiter", "framing", "DELIMITED"),
            only("frameLength", "framing", "FIXED"),
            only("lengthFieldSize", "framing", "LENGTH_PREFIXED"),
            only("embeddedDelimiter", "framing", "LINES", "DELIMITED"),
            not("acknowledge", "framing", "SESSION"),
            not("holdOpen", "framing", "SESSION"),
            not("exclusive", "framing", "SESSION"),
            not("exclusive", "deleteOnStop", "true"),
            not("exclusive", "stopOnEof", "true"),
            only("lockFile", "exclusive", "true"),
            not("include", "deleteOnStop", "true"),
            not("include", "stopOnEof", "true"),
            not("include", "exclusive", "true"),
            new Combination("include", "replyTo", given -> given.text("replyTo") != null),
            new Combination("exclude", "include", given -> given.text("include") == null),
            not("onFailure", "acknowledge", "ON_RECEIPT"),
            not("retryDelay", "onFailure", "SKIP"),
            not("noReader", "holdOpen", "true"),
            new Combination("requestTimeout", "replyTo", given -> given.text("replyTo") == null));

    private Combinations() {}

    private static Combination not(String option, String with, String... values) {
        return new Combination(option, with, given -> hasOneOf(given, with, values));
    }

    private static Combination only(String option, String with, String... values) {
        return new Combination(option, with, given -> !hasOneOf(given, with, values));
    }

    private static boolean hasOneOf(GivenOptions given, String option, String... values) {
        return Stream.of(values).anyMatch(value -> given.is(option, value));
    }

    /**
     * Refuses an option that makes no sense with another one.
     *
     * @throws IllegalArgumentException names both with their values
     */
    static void check(GivenOptions given) {
        refuseFirst(given, each -> each.isIn(given));
    }

    /**
     * As {@link #check}, but ignores defaults: an endpoint may still set the other option.
     *
     * @throws IllegalArgumentException names both with their values
     */
    static void checkAmongGiven(GivenOptions given) {
        refuseFirst(given, each -> each.isIn(given) && given.isGiven(each.with()));
    }

    private static void refuseFirst(GivenOptions given, Predicate<Combination> refused) {
        SENSELESS.stream().filter(refused).findFirst().ifPresent(found -> {
            throw new IllegalArgumentException(given.shown(found.option()) + " does not go with "
                    + given.shown(found.with()) + "; leave one of them out");
        });
    }
}
