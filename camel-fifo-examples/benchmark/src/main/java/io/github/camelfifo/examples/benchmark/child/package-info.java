/** What runs in JVMs of its own: the contestants that are written in Java. */
package io.github.camelfifo.examples.benchmark.child;
