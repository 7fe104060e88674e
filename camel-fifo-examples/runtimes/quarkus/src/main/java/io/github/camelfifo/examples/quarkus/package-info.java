/** A Quarkus application that relays lines. */
package io.github.camelfifo.examples.quarkus;
