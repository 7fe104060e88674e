"""Reads a named pipe line by line until the end of the file, which comes when the last writer closes.

usage: read.py PATH
"""
import sys

path = sys.argv[1]
lines = 0
try:
    # waits until somebody opens it for writing
    with open(path, encoding="utf-8") as pipe:
        for line in pipe:
            lines += 1
            print("got", line.rstrip("\n"))
except FileNotFoundError as error:
    sys.exit(f"nothing to read: {type(error).__name__}: {error}")
print("end of file after", lines, "lines")
