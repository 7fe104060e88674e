#!/bin/sh
# Passes the lines of the named pipe FIFO on to the socket of rsyslog, which cannot read pipes.
#
# usage: alerts-to-rsyslog.sh FIFO SOCKET
fifo=$1 socket=$2

# With its default of 1,024 bytes, logger makes several messages of a line that is longer.
# Opened for reading and writing: there is no end of file when the route is restarted.
exec logger -S 8k -u "$socket" -t camel-alerts -p user.alert 0<> "$fifo"
