package io.github.camelfifo.examples.benchmark.result;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for people: three or four digits that say something. */
final class Numbers {

    private Numbers() {}

    static String text(double value) {
        double size = Math.abs(value);
        int decimals = size >= 100 || value == Math.rint(value) ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A round number, with no more digits than it has. */
    static String tick(double value) {
        BigDecimal plain = BigDecimal.valueOf(value).round(new MathContext(3)).stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(0, plain.scale()) + "f", plain);
    }

    static String text(double value, String unit) {
        return unit.isEmpty() ? text(value) : text(value) + " " + unit;
    }
}
