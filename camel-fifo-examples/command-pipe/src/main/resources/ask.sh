#!/bin/sh
# Writes commands into the named pipe CONTROL, each on a line, and shows the answer to each. Two at once would take each
# other's answers: let them take turns, as by flock. It waits as long as it takes; "timeout 60 sh ask.sh" does not.
#
# usage: ask.sh CONTROL ANSWERS COMMAND...
control=$1 answers=$2
shift 2

if ! [ -p "$control" ] || ! [ -p "$answers" ]; then
    echo "$control and $answers are not both named pipes" >&2
    exit 2
fi

line_feed='
'
for command; do
    case $command in
        *"$line_feed"*)
            echo "a command with a line break would be two" >&2
            exit 2
            ;;
    esac
done

# Opened for reading before the first command: an answer that nobody waits for is thrown away. With <> that does not wait
# until somebody writes.
exec 3<> "$answers"
for command; do
    printf '%s\n' "$command" > "$control"
    while read -r answer <&3; do
        case $answer in
            # an answer names its command, but for a refusal
            "ok $command: "* | "failed $command: "* | refused:*) break ;;
        esac
    done
    printf '%s\n' "$answer"
done
