/** Races camel-fifo against what one would take instead, and against the limit. */
package io.github.camelfifo.examples.benchmark;
