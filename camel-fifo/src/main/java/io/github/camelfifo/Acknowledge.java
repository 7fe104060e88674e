package io.github.camelfifo;

/** When the bytes of a message leave the kernel's pipe. */
public enum Acknowledge {
    /** When they are read. */
    ON_RECEIPT,
    /** When the exchange is done, failed or not. If the process dies before that, the next one finds them there. */
    ON_COMPLETION
}
