/** What was measured, and how it is shown. */
package io.github.camelfifo.examples.benchmark.result;
