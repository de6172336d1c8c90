"""Heals the archive: whole copies of originals that it lost are taken from a folder or from a backup."""

import hashlib
import tarfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

from homestretch.archive.archive import unpacked
from homestretch.archive.members import members
from homestretch.archive.protocol import OriginalCorrupt
from homestretch.files import opened
from homestretch.flow.maintenance.encryption import BadBackupKey, NoBackupKey, reading
from homestretch.flow.runtime.context import Context
from homestretch.flow.runtime.given_paths import listed
from homestretch.formats import portions_of
from homestretch.settings import Settings


def heal(context: Context, lost: Collection[str], place: Path) -> set[str]:
    """Keep again what of the lost originals is found at a place, and return it.

    The place is a backup, or a folder: with an archive or backups in it, or with the files as they once were. Raises
    NoBackupKey or BadBackupKey where something is still lost and a backup can't be decrypted.
    """
    left, closed = set(lost), None
    for _, path in listed([place]):
        try:
            for data in _originals(path, context.settings):
                digest = hashlib.sha256(data).hexdigest()
                if digest in left:
                    context.archive.keep(data)
                    left.remove(digest)
        except (NoBackupKey, BadBackupKey) as error:
            closed = error
        if not left:
            break
    if left and closed is not None:
        raise closed
    return set(lost) - left


def _originals(path: Path, settings: Settings) -> Iterator[bytes]:
    """Yield every original that a file may hold: its members, or those of a backup. Raises as `reading` does."""
    with opened(path) as there, suppress(tarfile.TarError, EOFError), reading(settings, path, there) as (plain, sealed):
        if sealed or tarfile.is_tarfile(there):
            yield from _of_backup(plain, sealed)
            return
    yield from (member.data for member in members(path, path.name, split=portions_of) if member.data is not None)


def _of_backup(plain: IO[bytes], sealed: bool) -> Iterator[bytes]:
    """Yield the sound originals of a backup; one that is cut off gives what it has."""
    with tarfile.open(fileobj=plain, mode="r|" if sealed else "r:") as backup:
        for entry in backup:
            file = backup.extractfile(entry) if entry.isreg() else None
            if file is not None and entry.name.endswith(".zst"):
                with suppress(OriginalCorrupt):
                    yield b"".join(unpacked(Path(entry.name).stem, file))
