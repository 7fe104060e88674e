#!/bin/sh
# Keeps named pipes open and reads and writes nothing. While it runs, no writer is killed by SIGPIPE and no unread byte is
# lost, whoever else ends.
#
# usage: hold.sh FIFO...
for fifo; do
    sleep infinity <> "$fifo" &
done
echo holding
wait
