/** Everything starts, stops and breaks at random, and nothing is lost. */
package io.github.camelfifo.soak;
