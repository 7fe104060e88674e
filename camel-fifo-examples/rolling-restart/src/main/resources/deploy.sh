#!/bin/sh
# Starts a new version of a program that reads a named pipe with exclusive=true, waits until it stands by, and then asks
# the process that reads to end. Says which process reads when all is done.
#
# usage: deploy.sh LOG COMMAND [ARGUMENT...]
log=$1
shift

nohup "$@" > "$log" 2>&1 &
new=$!

# These are log messages of the component, of level INFO.
until grep -q -e 'Standing by for ' -e 'Reading .*: took the lock on ' "$log"; do
    if ! kill -0 "$new" 2> /dev/null; then
        echo "the new version has ended; see $log" >&2
        exit 1
    fi
    sleep 0.1
done

# The one that stands by says who reads. Without such a line, nobody did, and the new version reads already.
old=$(sed -n 's/.*Standing by for .* is locked by process \([0-9]*\) .*/\1/p' "$log")
[ -z "$old" ] || kill "$old"

tenths=600
until grep -q 'Reading .*: took the lock on ' "$log"; do
    tenths=$((tenths - 1))
    if [ "$tenths" -eq 0 ]; then
        echo "process $old does not end; when it hangs, kill -9 $old" >&2
        exit 1
    fi
    sleep 0.1
done
echo "$new"
