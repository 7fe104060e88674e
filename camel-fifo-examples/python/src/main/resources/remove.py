"""Removes a named pipe.

usage: remove.py PATH
"""
import os
import sys

path = sys.argv[1]
try:
    os.remove(path)
except FileNotFoundError as error:
    sys.exit(f"nothing to remove: {type(error).__name__}: {error}")
print("removed", path)
