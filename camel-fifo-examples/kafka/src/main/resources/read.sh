#!/bin/sh
# Repeats on its standard output what comes through the named pipe FIFO. It opens the pipe for reading and writing: so it
# sees no end of file when its writer is killed, and holds what the writer had written.
#
# usage: read.sh FIFO
exec cat <> "$1"
