/** What is written into a named pipe, live on a page in the browser. */
package io.github.camelfifo.examples.livetail;
