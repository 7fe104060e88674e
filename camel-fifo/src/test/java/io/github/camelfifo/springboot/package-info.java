/** Tests of the auto-configuration for Spring Boot. Whole applications are in {@code camel-fifo-examples/runtimes}. */
package io.github.camelfifo.springboot;
