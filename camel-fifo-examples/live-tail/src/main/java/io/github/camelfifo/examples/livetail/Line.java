package io.github.camelfifo.examples.livetail;

/**
 * A line that came out of the pipe.
 *
 * @param number     counted from 1 since the server started
 * @param millis     when it came, since 1970
 * @param text       without its end
 * @param incomplete its writer closed the pipe before the line's end
 * @param fullLength in bytes, when the text is only the line's beginning; else 0
 */
record Line(long number, long millis, String text, boolean incomplete, long fullLength) {}
