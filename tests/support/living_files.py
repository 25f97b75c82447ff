"""Reads folders in which running programs make and delete files."""

import os
from pathlib import Path


def files_below(folder, without=()):
    """(path, bytes) of each file; `without` are folders right below that are left out. What goes while this looks is left out too."""
    for place, folders, names in os.walk(folder):
        if Path(place) == Path(folder):
            folders[:] = [name for name in folders if name not in without]
        for path in (Path(place, name) for name in names):
            if path.is_symlink() or not path.is_file():
                continue
            try:
                content = path.read_bytes()
            except FileNotFoundError:
                continue
            yield path, content
