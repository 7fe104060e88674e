/** Real programs on the other end of the pipes, with the configurations that the operations page prints. */
package io.github.camelfifo.programs;
