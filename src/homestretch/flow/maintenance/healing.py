"""Heals the archive: whole copies of originals that it lost are taken from a folder or from a backup."""

import hashlib
import tarfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from homestretch.archive.archive import Archive, unpacked
from homestretch.archive.members import members
from homestretch.archive.protocol import OriginalCorrupt
from homestretch.files import opened
from homestretch.flow.runtime.given_paths import listed
from homestretch.formats import portions_of


def heal(archive: Archive, lost: Collection[str], place: Path) -> set[str]:
    """Keep again what of the lost originals is found at a place, and return it.

    The place is a backup, or a folder: with an archive or backups in it, or with the files as they once were.
    """
    left = set(lost)
    for _, path in listed([place]):
        for data in _originals(path):
            digest = hashlib.sha256(data).hexdigest()
            if digest in left:
                archive.keep(data)
                left.remove(digest)
        if not left:
            break
    return set(lost) - left


def _originals(path: Path) -> Iterator[bytes]:
    """Yield every original that a file may hold: its members, or those of a backup."""
    with opened(path) as there:
        is_backup = tarfile.is_tarfile(there)
    if not is_backup:
        yield from (member.data for member in members(path, path.name, split=portions_of) if member.data is not None)
        return
    # One that is cut off gives what it has.
    with suppress(tarfile.TarError), opened(path) as there, tarfile.open(fileobj=there) as backup:
        for entry in backup:
            file = backup.extractfile(entry) if entry.isreg() else None
            if file is not None and entry.name.endswith(".zst"):
                with suppress(OriginalCorrupt):
                    yield b"".join(unpacked(Path(entry.name).stem, file))
