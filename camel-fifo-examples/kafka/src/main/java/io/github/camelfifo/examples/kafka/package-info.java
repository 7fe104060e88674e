/** Lines from the named pipes of one machine through Kafka into the named pipes of another. */
package io.github.camelfifo.examples.kafka;
