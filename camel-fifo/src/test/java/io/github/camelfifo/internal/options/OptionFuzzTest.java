package io.github.camelfifo.internal.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelfifo.FifoEndpoint;
import io.github.camelfifo.FifoEndpointUriFactory;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.DefaultComponent;

/**
 * Whatever the options say, an endpoint is made with just that, or refused in a message that names an option.
 * {@code -Djqwik.tries.default=100000} looks longer.
 */
class OptionFuzzTest {

    /** Not ours to read: the path is none of the options, one names a bean, and Camel itself reads the others. */
    private static final Set<String> NOT_OURS =
            Set.of("path", "exceptionHandler", "bridgeErrorHandler", "lazyStartProducer");

    private static final Pattern TIME =
            Pattern.compile("(-?\\d+)|(?:(\\d+)d)?(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s)?(?:(\\d+)ms)?");

    private static final long[] UNIT_MILLIS = {1, 86_400_000, 3_600_000, 60_000, 1000, 1};

    private static final String URI = "fifo:/nowhere/at/all";

    private static final Set<String> OPTIONS = optionNames();
    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();

    @AfterContainer
    static void closeContext() throws Exception {
        CONTEXT.close();
    }

    private static Set<String> optionNames() {
        Set<String> options = new TreeSet<>(new FifoEndpointUriFactory().propertyNames());
        options.removeAll(NOT_OURS);
        return options;
    }

    @Property
    void anEndpointIsMadeAsItsOptionsSayOrRefusedByName(@ForAll("options") @Size(max = 4) Map<String, String> options)
            throws Exception {
        Optional<FifoEndpoint> made = endpoint(options);

        if (made.isPresent()) {
            PropertyConfigurerGetter getter =
                    (PropertyConfigurerGetter) made.get().getComponent().getEndpointPropertyConfigurer();
            options.forEach((option, value) -> assertThat(getter.getOptionValue(made.get(), option, true))
                    .as("%s=%s", option, value)
                    .satisfies(set -> assertThat(saysTheSame(set, value)).isTrue()));
        }
    }

    private static Optional<FifoEndpoint> endpoint(Map<String, String> options) throws Exception {
        try {
            return Optional.of((FifoEndpoint)
                    ((DefaultComponent) CONTEXT.getComponent("fifo")).createEndpoint(URI, new TreeMap<>(options)));
        } catch (IllegalArgumentException | ResolveEndpointFailedException e) {
            assertThat(options.keySet()).as("named by: %s", e.getMessage()).anyMatch(e.getMessage()::contains);
            return Optional.empty();
        }
    }

    private static boolean saysTheSame(Object set, String value) {
        if (set instanceof Long millis) {
            return millis == millis(value);
        }
        if (set instanceof Integer number) {
            return number == Integer.parseInt(value);
        }
        return set instanceof Enum<?> constant
                ? constant.name().replace("_", "").equalsIgnoreCase(value.replaceAll("[-_]", ""))
                : set.toString().trim().equalsIgnoreCase(value.trim());
    }

    private static long millis(String time) {
        Matcher matcher = TIME.matcher(time);
        assertThat(matcher.matches()).as("'%s' is a time", time).isTrue();
        long millis = 0;
        for (int i = 0; i < UNIT_MILLIS.length; i++) {
            String number = matcher.group(i + 1);
            millis += number == null ? 0 : Long.parseLong(number) * UNIT_MILLIS[i];
        }
        return millis;
    }

    @Property
    void aSizeIsReadOrRefusedByName(@ForAll("texts") String text) {
        try {
            int size = ByteSize.parse("size", text, Integer.MAX_VALUE);
            assertThat(text.trim()).matches("\\d+[kmgKMG]?");
            assertThat(ByteSize.parse("size", String.valueOf(size), size)).isEqualTo(size);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("size=" + text);
        }
    }

    @Property
    void everySizeIsReadAsWhatItSays(
            @ForAll @IntRange(min = 1) int size, @ForAll @IntRange(min = 0, max = 3) int unit) {
        long bytes = (long) size << (10 * unit);
        String text = size + new String[] {"", "k", "M", "g"}[unit];
        if (bytes <= Integer.MAX_VALUE) {
            assertThat(ByteSize.parse("size", text, Integer.MAX_VALUE)).isEqualTo((int) bytes);
        } else {
            assertThat(catchThrowable(() -> ByteSize.parse("size", text, Integer.MAX_VALUE)))
                    .hasMessageStartingWith("size=" + text);
        }
    }

    @Property
    void permissionsAreReadInBothFormsOrRefusedByName(
            @ForAll Set<PosixFilePermission> permissions, @ForAll("texts") String text) {
        String letters = PosixFilePermissions.toString(permissions);
        int bits = FilePermissions.parse("permissions", letters);
        assertThat(FilePermissions.parse("permissions", String.format("%03o", bits)))
                .isEqualTo(bits);
        try {
            assertThat(FilePermissions.parse("permissions", text)).isBetween(0, 0777);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("permissions=");
        }
    }

    @Provide
    Arbitrary<Map<String, String>> options() {
        return Arbitraries.maps(Arbitraries.of(OPTIONS), texts());
    }

    /** Numbers, times, sizes, values of options, and rubbish; but no placeholder, which Camel looks up. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> numbers = Combinators.combine(
                        Arbitraries.of("", "", "-", "+", " ", "0", "00"),
                        Arbitraries.longs(),
                        Arbitraries.of("", "", "k", "m", "g", "s", "ms", "h", "d", "K", "q", " ", ".5"))
                .as((sign, number, unit) -> sign + number + unit);
        Arbitrary<String> small = Combinators.combine(
                        Arbitraries.integers().between(0, 700), Arbitraries.of("", "k", "m", "s", "ms", "h30m"))
                .as((number, unit) -> number + unit);
        Arbitrary<String> words = Arbitraries.of(
                "LINES",
                "lines",
                "DELIMITED",
                "FIXED",
                "LENGTH_PREFIXED",
                "CHUNKS",
                "SESSION",
                "true",
                "false",
                "TRUE",
                "WAIT",
                "FAIL",
                "DISCARD",
                "SPLIT",
                "TRUNCATE",
                "SKIP",
                "PASS",
                "BYTES",
                "STRING",
                "AUTO",
                "LOCK",
                "STRICT",
                "InOnly",
                "UTF-8",
                "UTF-16",
                "Shift_JIS",
                "\\n",
                "\\x0",
                "||",
                "rw-rw----",
                "null",
                "root");
        Arbitrary<String> rubbish = Arbitraries.oneOf(
                Arbitraries.strings().ascii().ofMaxLength(6),
                Arbitraries.strings().ofMaxLength(5));
        return Arbitraries.frequencyOf(
                        Tuple.of(3, numbers), Tuple.of(4, small), Tuple.of(6, words), Tuple.of(2, rubbish))
                .filter(text -> !text.contains("{{"));
    }
}
