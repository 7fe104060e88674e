#!/bin/sh
# Starts a new version of a program that reads a named pipe with exclusive=true, waits until it stands by, and then asks
# the process that reads to end. Says which process reads when all is done.
#
# usage: deploy.sh LOG COMMAND [ARGUMENT...]
log=$1
shift

fail() {
    echo "$1" >&2
    exit 1
}

# Waits until the component has logged such a message, of level INFO; at most a minute.
await() {
    tenths=600
    until grep -Eq "$1" "$log"; do
        kill -0 "$new" 2> /dev/null || fail "the new version has ended; see $log"
        [ "$tenths" -gt 0 ] || fail "$2"
        tenths=$((tenths - 1))
        sleep 0.1
    done
}

# Emptied here and not by the new process: what a version of yesterday has said must not be read.
: > "$log" || exit 1
nohup "$@" >> "$log" 2>&1 &
new=$!

await 'Standing by for |Reading .*: took the lock on ' "the new version does not start; see $log"

# The one that stands by says who reads. Without such a message, nobody did, and the new version reads already.
if grep -q 'Standing by for ' "$log"; then
    old=$(sed -n 's/.*Standing by for .* is locked by process \([0-9]*\) .*/\1/p' "$log" | sort -u)
    [ -n "$old" ] || fail "the lock file does not say which process reads; see $log"
    # shellcheck disable=SC2086 # several processes, if they read several pipes
    kill $old
fi

await 'Reading .*: took the lock on ' "process $old does not end; if it hangs, kill -9 $old"
echo "$new"
