/** Log messages from rsyslog and syslog-ng into a Camel route, and alerts back. */
package io.github.camelfifo.examples.syslog;
