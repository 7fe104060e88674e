/**
 * What the examples need to show their routes at work: other processes, a report, a folder for the pipes. An application
 * needs none of it.
 */
package io.github.camelfifo.examples.support;
