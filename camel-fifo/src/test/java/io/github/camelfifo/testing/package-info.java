/** What tests of all packages share. */
package io.github.camelfifo.testing;
