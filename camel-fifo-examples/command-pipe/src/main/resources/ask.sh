#!/bin/sh
# Writes commands into the named pipe CONTROL, each on a line, and shows the answer to each.
#
# usage: ask.sh CONTROL ANSWERS COMMAND...
control=$1 answers=$2
shift 2

# Opened for reading before the first command: an answer that nobody waits for is thrown away. With <> that does not wait
# until somebody writes.
exec 3<> "$answers"
for command; do
    printf '%s\n' "$command" > "$control"
    while read -r answer <&3; do
        case $answer in
            # an answer begins so, unless it is that to somebody else's command
            "ok $command: "* | "failed $command: "* | refused:*) break ;;
        esac
    done
    printf '%s\n' "$answer"
done
