package io.github.camelfifo.examples.benchmark.result;

/**
 * The unit in which a chart or a sentence gives numbers, so that these are short: millions of lines, and not lines.
 *
 * @param divisor how many of the measured unit are one of this
 * @param unit its name
 */
record Scale(double divisor, String unit) {

    private static final String A_SECOND = "/s";
    private static final String BYTES = "bytes/s";

    /** For numbers of which the largest is this. */
    static Scale of(String unit, double largest) {
        boolean bytes = unit.equals(BYTES);
        String name = bytes ? "bytes a second" : unit.replace(A_SECOND, " a second");
        if (!unit.endsWith(A_SECOND) || unit.startsWith("ms")) {
            return new Scale(1, unit);
        }
        if (bytes && largest >= 1e9) {
            return new Scale(1e9, "GB a second");
        }
        if (largest >= 1e6) {
            return new Scale(1e6, bytes ? "MB a second" : "million " + name);
        }
        return largest >= 1e4 ? new Scale(1e3, bytes ? "kB a second" : "thousand " + name) : new Scale(1, name);
    }

    /** A number without its unit. */
    String text(Measured number) {
        return number.text(divisor);
    }
}
