package io.github.camelfifo;

/** When the bytes of a message leave the kernel's pipe. */
public enum Acknowledge {
    /** When they are read. */
    ON_RECEIPT,
    /** When the exchange is done, well or not: what a process that dies has not completed is still there for the next. */
    ON_COMPLETION
}
