/** Lines from a shell script through a Camel route to a shell command, by two named pipes. */
package io.github.camelfifo.examples.quickstart;
