#!/bin/sh
# Reads invoices from the named pipe FIFO until its writer closes it. Repeats the first SHOWN lines as they come.
# Then says on its standard output how many they were, what they add up to, and how many came out of order.
#
# usage: invoices.sh FIFO SHOWN
fifo=$1 shown=$2
lines=0 total=0 misplaced=0

while read -r word number amount; do
    lines=$((lines + 1)) total=$((total + amount))
    [ "$number" = "$lines:" ] || misplaced=$((misplaced + 1))
    [ "$lines" -gt "$shown" ] || echo "$word $number $amount"
done < "$fifo"

echo "$lines lines, total $total, $misplaced out of order"
