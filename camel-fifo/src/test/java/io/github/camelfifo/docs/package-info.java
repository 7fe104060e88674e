/** Runs the examples of the component page and of the README. */
package io.github.camelfifo.docs;
