#!/bin/sh
# Writes the lines FIRST to LAST into the named pipe FIFO, each with its number and the time in nanoseconds, and with a
# pause before each. Ends before LAST when the file STOP is there. Without a pause it writes as fast as it can, and has
# no time to look at a clock: the lines have a 0 there.
# Then says on its standard output the number of the last line.
#
# usage: write.sh FIFO FIRST LAST [PAUSE_SECONDS STOP]
fifo=$1 number=$2 last=$3 pause=$4 stop=$5

exec 3> "$fifo"
while [ "$number" -le "$last" ] && { [ -z "$stop" ] || [ ! -e "$stop" ]; }; do
    time=0
    [ -z "$pause" ] || { sleep "$pause"; time=$(date +%s%N); }
    echo "$number $time" >&3 || exit 1
    number=$((number + 1))
done
exec 3>&-

echo $((number - 1))
