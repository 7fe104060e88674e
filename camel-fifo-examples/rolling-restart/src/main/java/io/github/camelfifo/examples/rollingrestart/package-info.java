/** A new version of a program takes over from the old one at a named pipe, under load, and the writer never notices. */
package io.github.camelfifo.examples.rollingrestart;
