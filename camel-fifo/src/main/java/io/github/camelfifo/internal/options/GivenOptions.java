package io.github.camelfifo.internal.options;

import java.util.Objects;
import java.util.function.Function;

/**
 * The options as the user gave them; {@link OptionReader} and {@link Combinations} read them by name.
 *
 * @param values finds the value of an option by its name
 * @param defaults finds the option's default
 */
public record GivenOptions(Function<String, Object> values, Function<String, Object> defaults) {

    /** {@return whether the value differs from the default} */
    boolean isGiven(String name) {
        return !Objects.equals(values.apply(name), defaults.apply(name));
    }

    /** {@return the option with its value, for messages} */
    String shown(String name) {
        return name + "=" + values.apply(name);
    }

    /** {@return whether the option has this value, written as in a URI} */
    boolean is(String name, String value) {
        return Objects.toString(values.apply(name)).equals(value);
    }

    /** {@return a text, or null} */
    String text(String name) {
        return (String) values.apply(name);
    }

    boolean flag(String name) {
        return (boolean) values.apply(name);
    }

    int number(String name) {
        return (int) values.apply(name);
    }

    /**
     * {@return a time in milliseconds}
     *
     * @throws IllegalArgumentException when it is below {@code least}
     */
    long millis(String name, long least) {
        long millis = (long) values.apply(name);
        if (millis < least) {
            throw new IllegalArgumentException(
                    shown(name) + " is not a time of " + least + " or more, in milliseconds or such as 30s");
        }
        return millis;
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        return type.cast(values.apply(name));
    }
}
