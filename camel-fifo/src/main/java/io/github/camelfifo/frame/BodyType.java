package io.github.camelfifo.frame;

/** The type of a frame's body: an option of consumers. */
public enum BodyType {

    /** Text for {@code LINES} and {@code DELIMITED}, else bytes. */
    AUTO,

    /** A {@link String}, decoded in the charset of the settings. */
    STRING,

    /** A {@code byte[]} with the bytes as they were read. */
    BYTES;

    /** Whether bodies are text; {@code byNature} tells whether the framing is for text. */
    boolean isText(boolean byNature) {
        return this == STRING || (this == AUTO && byNature);
    }
}
