package io.github.camelfifo.frame;

/** What the body of a frame is: an option of consumers. */
public enum BodyType {

    /** Text for {@code LINES} and {@code DELIMITED}, else bytes. */
    AUTO,

    /** A {@link String}, decoded in the charset of the settings. */
    STRING,

    /** A {@code byte[]} with the bytes as they were read. */
    BYTES;

    /** Whether bodies are text, in a framing that is text by nature or not. */
    boolean isText(boolean byNature) {
        return this == STRING || (this == AUTO && byNature);
    }
}
