/** What a Python program does with named pipes, with a Camel route on the other side. */
package io.github.camelfifo.examples.python;
