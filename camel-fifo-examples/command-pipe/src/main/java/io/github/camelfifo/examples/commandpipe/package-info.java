/** A named pipe that takes commands, in the manner of Nagios: shells start, stop, suspend and resume routes. */
package io.github.camelfifo.examples.commandpipe;
