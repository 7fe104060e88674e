/** A consumer in a JVM that is killed, again and again. */
package io.github.camelfifo.crash;
