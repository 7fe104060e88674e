#!/bin/sh
# Writes numbered orders into the named pipe FIFO, each on a line, without a pause, until there is a file STOP.
# Then says on its standard output how many they were.
#
# usage: orders.sh FIFO STOP
fifo=$1 stop=$2
number=0

# The pipe is opened once, here, for all lines. If nobody had it open for reading at any moment from now on, the next echo
# would be the last: SIGPIPE ends a shell, with exit code 141.
exec 3> "$fifo"
while [ ! -e "$stop" ]; do
    number=$((number + 1))
    echo "order $number: $((number % 9 + 1)) x 25" >&3
done
exec 3>&-

echo "$number"
