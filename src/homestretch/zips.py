"""Zips from outside, opened for reading once their directory is known to be within bounds; every room opens them here.

A directory takes 46 bytes and more an entry (APPNOTE.TXT 4.3.12), may be packed a thousand times in a container around
it, and is held in memory whole, with some 400 bytes an entry beside.
"""

import zipfile
from struct import unpack_from
from typing import IO, Any

#: What a directory may take, and how many entries it may have, unless the caller allows less.
MOST_BYTES, MOST_ENTRIES = 64 << 20, 200_000
_ENTRY, _SIGNATURE = 46, b"PK\x01\x02"


class TooManyEntries(zipfile.BadZipFile):
    """The zip has more entries than are taken."""


def opened(file: IO[bytes], most: int = MOST_ENTRIES) -> zipfile.ZipFile:
    """Open a zip whose directory has at most so many entries. Raises TooManyEntries, and what ZipFile does."""
    looked = _Looked(file, most)
    archive = zipfile.ZipFile(looked)
    looked.opening = False
    return archive


class _Looked:
    """A file that looks at what ZipFile reads while it opens: the directory comes at one go, before it is taken apart.

    So there is no second opinion on where the directory lies, which a forged zip could lead elsewhere.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self.file, self.most, self.opening = file, most, True

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def read(self, size: int = -1, /) -> bytes:
        """Read on. Raises TooManyEntries where that is a directory without bounds."""
        if self.opening and size > MOST_BYTES:
            raise TooManyEntries
        data = self.file.read(size)
        if self.opening and _entries(data, self.most) > self.most:
            raise TooManyEntries
        return data


def _entries(directory: bytes, most: int) -> int:
    """Return how many entries a directory begins with; one more than `most` stands for all above."""
    at = count = 0
    while count <= most and directory.startswith(_SIGNATURE, at) and at + _ENTRY <= len(directory):
        name, extra, comment = unpack_from("<3H", directory, at + 28)
        at += _ENTRY + int(name) + int(extra) + int(comment)
        count += 1
    return count
