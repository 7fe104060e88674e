/** An application of Spring Boot with routes from and to named pipes. */
package io.github.camelfifo.examples.springboot;
