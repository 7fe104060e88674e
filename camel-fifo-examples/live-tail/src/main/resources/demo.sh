#!/bin/sh
# Writes lines into the named pipe FIFO, so that there is something to see: requests that are made up, and now and then the
# load and the memory of this machine. Ends when nobody reads any more.
#
# usage: demo.sh FIFO
fifo=$1 number=0

pick() {
    shift $((number * 3 % $#))
    echo "$1"
}

# For as long as it runs: a reader sees one session.
exec > "$fifo"
while sleep 0.7; do
    number=$((number + 1))
    path=$(pick /basket /orders/4711 /search?q=tea /login /img/logo.svg /orders /health)
    millis=$((number * 37 % 90 + 3))
    case $((number % 23)) in
        5) echo "INFO  load $(cut -d' ' -f1-3 /proc/loadavg)" ;;
        11) awk '/^MemAvailable/ { printf "INFO  memory available %d MiB\n", $2 / 1024 }' /proc/meminfo ;;
        14) echo "WARN  stock of green tea is low: $((number % 5 + 1)) left" ;;
        19) echo "ERROR POST /orders 503 payment service does not answer, tried 3 times in 1500 ms" ;;
        *) echo "INFO  GET $path 200 $millis ms" ;;
    esac
done
