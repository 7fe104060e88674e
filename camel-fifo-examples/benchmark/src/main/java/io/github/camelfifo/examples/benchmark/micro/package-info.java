/** JMH benchmarks. */
package io.github.camelfifo.examples.benchmark.micro;
