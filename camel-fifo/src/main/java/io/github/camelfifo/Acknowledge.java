package io.github.camelfifo;

/** When the bytes of a message leave the kernel's pipe: an option of consumers. */
public enum Acknowledge {
    /** When they are read. */
    ON_RECEIPT,
    /** When the exchange is done, failed or not. If the process dies before that, the next process finds them there. */
    ON_COMPLETION
}
