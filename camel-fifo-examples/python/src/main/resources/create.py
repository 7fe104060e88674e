"""Creates a named pipe, or uses the one that is there.

usage: create.py PATH
"""
import errno
import os
import stat
import sys

path = sys.argv[1]
try:
    os.mkfifo(path, 0o600)
    print("created", path)
except OSError as error:
    # FileExistsError is the OSError whose errno is EEXIST; every other one is a real failure
    if error.errno != errno.EEXIST:
        sys.exit(f"cannot create: {type(error).__name__}: {error}")
    if not stat.S_ISFIFO(os.stat(path).st_mode):
        sys.exit(f"exists already, and is no named pipe: {path}")
    print("exists already:", path)
