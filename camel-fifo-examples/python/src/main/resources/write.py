"""Writes texts into a named pipe, as they are: a line's end is for the caller to give.

usage: write.py PATH TEXT...
"""
import sys

path, texts = sys.argv[1], sys.argv[2:]
# waits until somebody reads
with open(path, "w", encoding="utf-8") as pipe:
    for text in texts:
        pipe.write(text)
print("wrote", len(texts), "texts")
