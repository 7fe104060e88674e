/** The kamelets in Camel's own main class for them, which Camel's command line runs too. */
package io.github.camelfifo.kameletmain;
