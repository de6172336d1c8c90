"""Backs up: what is kept, its tables and its originals, in one plain tar, also while others write."""

import contextlib
import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from sqlalchemy import func, select

import homestretch
from homestretch.archive.folder import INDEX, OriginalCorrupt, OriginalMissing
from homestretch.errors import HomestretchError
from homestretch.flow.runtime.context import Context
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.dump import dumped, last_ids, lines
from homestretch.store.schema import head
from homestretch.store.tables.kept import accounts, arrivals, originals

FORMAT = 1
MANIFEST = "manifest.json"
NOTE = "README.txt"
IN_MEMORY = 8 << 20
README = """A backup of Homestretch. Restore it with `homestretch restore THIS.tar`, or read it without Homestretch:

tables/NAME.jsonl     accounts, imports, edits and settings, one JSON row per line; times are UTC milliseconds
archive/NN/NNNN.zst   every imported file, unchanged, packed with zstd; the name is the SHA-256 of its content
archive/index.tsv     the file names, one per line
manifest.json         version, date and list of contents; it is the last entry, so a backup without it is incomplete

To extract a file:    tar -xf THIS.tar && zstd -d archive/NN/NNNN.zst -o original
Sessions and access tokens are not included. After a restore, sign in and create new tokens.
Keep this file private: it contains password hashes and all your recordings.
"""

#: Called with the number of originals done, and of all.
type Progress = Callable[[int, int], None]


class TargetExists(HomestretchError):
    """{target} already exists. Choose another name, or overwrite it with --force."""

    status = 409
    exit_code = 2


class CannotBackUp(HomestretchError):
    """The backup could not be written to {target}: {reason}."""


class NothingToBackUp(HomestretchError):
    """{folder} has nothing to back up. Check HOMESTRETCH_DATA_DIR."""


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table in a backup: how many rows, and the SHA-256 of its lines."""

    rows: int
    sha256: str


@dataclass(slots=True)
class Manifest:
    """A backup's manifest; `missing` are originals that were missing or damaged when it was made."""

    created: str
    format: int = FORMAT
    version: str = homestretch.__version__
    revision: str = field(default_factory=head)
    tables: dict[str, TableFile] = field(default_factory=dict)
    last_ids: dict[str, int] = field(default_factory=dict)
    originals: int = 0
    bytes: int = 0
    missing: list[str] = field(default_factory=list)


def back_up(context: Context, target: Path, *, force: bool = False, progress: Progress = lambda *_: None) -> Manifest:
    """Write everything kept into one tar that appears under its name only when it is whole.

    Raises NothingToBackUp, TargetExists or CannotBackUp.
    """
    with context.database.read() as reader:
        if not any(reader.scalar(select(func.count()).select_from(table)) for table in (accounts, originals)):
            raise NothingToBackUp(folder=context.settings.data_dir)
    if target.exists() and not target.is_file():
        raise CannotBackUp(target=target, reason="not a regular file")
    if target.exists() and not force:
        raise TargetExists(target=target)
    try:
        with _appearing(target) as file, tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar:
            return _Backup(context, tar).write(progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotBackUp(target=target, reason=reason[:1].lower() + reason[1:]) from error


@dataclass(slots=True)
class _Backup:
    """A backup being written: the tables as of one moment, then every original that they name."""

    context: Context
    tar: tarfile.TarFile

    def write(self, progress: Progress) -> Manifest:
        manifest = Manifest(created=iso(self.context.clock()) or "")
        self._add(NOTE, README.encode())
        with self.context.database.snapshot() as reader:
            for table in dumped():
                manifest.tables[table.name] = self._table(table.name, lines(reader, table))
            manifest.last_ids = last_ids(reader)
            digests = carried(reader)
        # Originals never change, so those that the tables name can be copied while others write.
        for number, digest in enumerate(digests):
            progress(number, len(digests))
            self._original(digest, manifest)
        progress(len(digests), len(digests))
        index = self.context.archive.root / INDEX
        if index.exists():
            self._add(f"archive/{INDEX}", index.read_bytes())
        self._add(MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
        return manifest

    def _table(self, name: str, rows: Iterator[bytes]) -> TableFile:
        check = hashlib.sha256()
        count = 0
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            for line in rows:
                check.update(line)
                spool.write(line)
                count += 1
            size = spool.tell()
            spool.seek(0)
            self._add_file(f"tables/{name}.jsonl", spool, size)
        return TableFile(count, check.hexdigest())

    def _original(self, digest: str, manifest: Manifest) -> None:
        archive = self.context.archive
        try:
            size = sum(len(chunk) for chunk in archive.chunks(digest))
            with archive.packed(digest) as packed:
                self._add_file(f"archive/{digest[:2]}/{digest}.zst", packed, os.fstat(packed.fileno()).st_size)
        except (OriginalMissing, OriginalCorrupt):
            manifest.missing.append(digest)
        else:
            manifest.originals += 1
            manifest.bytes += size

    def _add(self, name: str, data: bytes) -> None:
        self._add_file(name, io.BytesIO(data), len(data))

    def _add_file(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self.context.clock() / 1000
        self.tar.addfile(entry, file)


def table_files(reader: Reader) -> dict[str, TableFile]:
    """Return what a backup would have of the tables now, by their names."""
    found = {}
    for table in dumped():
        check, rows = hashlib.sha256(), 0
        for line in lines(reader, table):
            check.update(line)
            rows += 1
        found[table.name] = TableFile(rows, check.hexdigest())
    return found


def carried(reader: Reader) -> list[str]:
    """Return the originals that a backup holds: those that have arrived and were not deleted for good.

    Bytes that a provider's terms forbid to keep stay out. Other terms, such as a folder's, keep nothing out.
    """
    free = arrivals.c.terms.is_(None) | ~arrivals.c.terms.contains("keep")
    wanted = arrivals.c.purged_ms.is_(None) & free
    return [row.digest for row in reader.rows(select(arrivals.c.digest).where(wanted).distinct().order_by("digest"))]


@contextlib.contextmanager
def _appearing(target: Path) -> Iterator[BinaryIO]:
    """Open a file, for its owner only, that takes its name once it is whole and on the disk."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
