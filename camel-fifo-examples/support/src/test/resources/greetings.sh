#!/bin/sh
for name; do
    echo "hello $name"
done
echo "an error" >&2
exit 3
