#!/bin/sh
# Writes the orders FIRST to LAST into the named pipe FIFO, each on a line, with a pause before each.
# Then says on its standard output how many they were and what they cost together.
#
# usage: orders.sh FIFO FIRST LAST [PAUSE_SECONDS]
fifo=$1 number=$2 last=$3 pause=$4
lines=0 total=0

# The pipe is opened once, here, for all lines. That waits until somebody reads.
exec 3> "$fifo"
while [ "$number" -le "$last" ]; do
    [ -z "$pause" ] || sleep "$pause"
    pieces=$((number % 9 + 1))
    echo "order $number: $pieces x 25" >&3
    lines=$((lines + 1)) total=$((total + pieces * 25)) number=$((number + 1))
done
exec 3>&-

echo "$lines lines, total $total"
