package io.github.camelfifo;

import io.github.camelfifo.frame.Framing;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Options that each mean something, but not with another one. */
final class Combinations {

    private static final FifoConfiguration DEFAULTS = new FifoConfiguration();

    /** An option by its name; given where it is not what it is by default. */
    private record Option(String name, Function<FifoConfiguration, Object> value) {

        boolean isGiven(FifoConfiguration options) {
            return !Objects.equals(value.apply(options), value.apply(DEFAULTS));
        }

        String text(FifoConfiguration options) {
            return name + "=" + value.apply(options);
        }
    }

    /** An option, once given, makes no sense with certain values of another. */
    private record Combination(Option option, Option with, Predicate<FifoConfiguration> excludes) {

        boolean isIn(FifoConfiguration options) {
            return option.isGiven(options) && excludes.test(options);
        }

        IllegalArgumentException refusal(FifoConfiguration options) {
            return new IllegalArgumentException(
                    option.text(options) + " does not go with " + with.text(options) + "; leave one of them out");
        }
    }

    private static final Option FRAMING = new Option("framing", FifoConfiguration::getFraming);
    private static final Option ACKNOWLEDGE = new Option("acknowledge", FifoConfiguration::getAcknowledge);
    private static final Option ON_FAILURE = new Option("onFailure", FifoConfiguration::getOnFailure);
    private static final Option HOLD_OPEN = new Option("holdOpen", FifoConfiguration::isHoldOpen);

    private static final List<Combination> SENSELESS = List.of(
            withFraming("maxBatchSize", FifoConfiguration::getMaxBatchSize, List.of(Framing.CHUNKS, Framing.SESSION)),
            onlyWithFraming("delimiter", FifoConfiguration::getDelimiter, List.of(Framing.DELIMITED)),
            onlyWithFraming("frameLength", FifoConfiguration::getFrameLength, List.of(Framing.FIXED)),
            onlyWithFraming("lengthFieldSize", FifoConfiguration::getLengthFieldSize, List.of(Framing.LENGTH_PREFIXED)),
            onlyWithFraming(
                    "embeddedDelimiter",
                    FifoConfiguration::getEmbeddedDelimiter,
                    List.of(Framing.LINES, Framing.DELIMITED)),
            withFraming("acknowledge", FifoConfiguration::getAcknowledge, List.of(Framing.SESSION)),
            withFraming("holdOpen", FifoConfiguration::isHoldOpen, List.of(Framing.SESSION)),
            new Combination(ON_FAILURE, ACKNOWLEDGE, given -> given.getAcknowledge() == Acknowledge.ON_RECEIPT),
            new Combination(
                    new Option("retryDelay", FifoConfiguration::getRetryDelay),
                    ON_FAILURE,
                    given -> given.getOnFailure() == OnFailure.SKIP),
            new Combination(
                    new Option("noReader", FifoConfiguration::getNoReader), HOLD_OPEN, FifoConfiguration::isHoldOpen),
            new Combination(
                    new Option("requestTimeout", FifoConfiguration::getRequestTimeout),
                    new Option("replyTo", FifoConfiguration::getReplyTo),
                    given -> given.getReplyTo() == null));

    private Combinations() {}

    /**
     * Refuses an option that makes no sense with another one.
     *
     * @throws IllegalArgumentException naming both with their values
     */
    static void check(FifoConfiguration given) {
        refuseFirst(given, each -> each.isIn(given));
    }

    /**
     * The same for what endpoints may add to: an option is not refused for the default of another one.
     *
     * @throws IllegalArgumentException naming both with their values
     */
    static void checkAmongGiven(FifoConfiguration given) {
        refuseFirst(given, each -> each.isIn(given) && each.with().isGiven(given));
    }

    private static void refuseFirst(FifoConfiguration given, Predicate<Combination> refused) {
        Optional<Combination> first = SENSELESS.stream().filter(refused).findFirst();
        if (first.isPresent()) {
            throw first.get().refusal(given);
        }
    }

    /** Whether framing is more than a default, so that what it needs is needed here. */
    static boolean isFramingGiven(FifoConfiguration given) {
        return FRAMING.isGiven(given);
    }

    private static Combination withFraming(
            String option, Function<FifoConfiguration, Object> value, List<Framing> framings) {
        return new Combination(new Option(option, value), FRAMING, given -> framings.contains(given.getFraming()));
    }

    private static Combination onlyWithFraming(
            String option, Function<FifoConfiguration, Object> value, List<Framing> framings) {
        return new Combination(new Option(option, value), FRAMING, given -> !framings.contains(given.getFraming()));
    }
}
