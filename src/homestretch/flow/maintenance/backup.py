"""Backs up: what is kept, its tables and its originals, in one plain tar, also while others write."""

import contextlib
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, BinaryIO

from sqlalchemy import Table, func, select

import homestretch
from homestretch.archive.archive import CHUNK, unpacked
from homestretch.archive.folder import key_of
from homestretch.archive.index import INDEX
from homestretch.archive.protocol import OriginalCorrupt, OriginalMissing
from homestretch.errors import HomestretchError
from homestretch.flow.maintenance.encryption import backup_keys
from homestretch.flow.maintenance.readable_index import index_of
from homestretch.flow.runtime.context import Context
from homestretch.model.moment import iso
from homestretch.store.database import Reader
from homestretch.store.dump import dumped, last_ids, lines
from homestretch.store.queries.one_athlete import OneAthlete
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

README_OF_ONE = """One athlete's data, exported from Homestretch. An empty Homestretch of your own takes it up:
`homestretch restore THIS.tar`. The account in it owns the athlete; set its password: `homestretch user passwd NAME`.
Or read it without Homestretch:

tables/NAME.jsonl     edits, plans, health, settings of the athlete, one JSON row per line; times are UTC milliseconds
archive/NN/NNNN.zst   every imported file, unchanged, packed with zstd; the name is the SHA-256 of its content
archive/index.tsv     the file names, one per line
manifest.json         version, date and list of contents; it is the last entry, so a file without it is incomplete

To extract a file:    tar -xf THIS.tar && zstd -d archive/NN/NNNN.zst -o original
Passwords, sign-ins, tokens, links, invitations and other people's accounts are not included.
Keep this file private: it contains all your recordings and health data.
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
    #: The name of the athlete of whom this is an export; None: everything that there was.
    athlete: str | None = None
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
    return Backup(context).write(target, force=force, progress=progress)


class Backup:
    """A backup to be made, of everything or of one athlete: the tables as of one moment, then the originals they name.

    Its manifest is whole once it is made.
    """

    def __init__(self, context: Context, only: OneAthlete | None = None) -> None:
        self.context, self.only = context, only
        self.manifest = Manifest(created=iso(context.clock()) or "")

    def write(self, target: Path, *, force: bool, progress: Progress) -> Manifest:
        """Write it into a file, and return its manifest. Raises TargetExists or CannotBackUp."""
        if target.exists() and not target.is_file():
            raise CannotBackUp(target=target, reason="not a regular file")
        if target.exists() and not force:
            raise TargetExists(target=target)
        try:
            with _appearing(target) as file:
                backup_keys(self.context.settings).write(file, self.parts(progress))
        except OSError as error:
            reason = error.strerror or str(error)
            raise CannotBackUp(target=target, reason=reason[:1].lower() + reason[1:]) from error
        return self.manifest

    def parts(self, progress: Progress = lambda *_: None) -> Iterator[bytes]:
        """Yield the tar piece by piece."""
        yield from self._data(NOTE, (README if self.only is None else README_OF_ONE).encode())
        digests: list[str] = []
        tables = self._tables(digests)
        # Who downloads an export may be slow, and no transaction waits for that.
        yield from tables if self.only is None else _spooled(tables)
        # Originals never change, so those that the tables name can be copied while others write.
        for number, digest in enumerate(digests):
            progress(number, len(digests))
            yield from self._original(digest)
        progress(len(digests), len(digests))
        yield from self._index()
        yield from self._data(MANIFEST, json.dumps(asdict(self.manifest), indent=1).encode())
        yield bytes(2 * tarfile.BLOCKSIZE)

    def _tables(self, digests: list[str]) -> Iterator[bytes]:
        """Yield the tables as of one moment, and add the originals that they name to `digests`."""
        with self.context.database.snapshot() as reader:
            for table in dumped() if self.only is None else self.only.tables():
                yield from self._table(
                    table, lines(reader, table, None if self.only is None else self.only.rows(table))
                )
            self.manifest.last_ids = last_ids(reader) if self.only is None else self.only.last_ids(reader)
            digests += carried(reader, self.only)

    def _table(self, table: Table, rows: Iterator[bytes]) -> Iterator[bytes]:
        check = hashlib.sha256()
        count = 0
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            for line in rows:
                check.update(line)
                spool.write(line)
                count += 1
            size = spool.tell()
            spool.seek(0)
            yield from self._entry(f"tables/{table.name}.jsonl", spool, size)
        self.manifest.tables[table.name] = TableFile(count, check.hexdigest())

    def _original(self, digest: str) -> Iterator[bytes]:
        archive = self.context.archive
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
            try:
                with archive.packed(digest) as packed:
                    shutil.copyfileobj(packed, spool, CHUNK)
                taken = spool.tell()
                spool.seek(0)
                size = sum(len(chunk) for chunk in unpacked(digest, spool))
            except (OriginalMissing, OriginalCorrupt):
                self.manifest.missing.append(digest)
                return
            spool.seek(0)
            yield from self._entry(f"archive/{key_of(digest)}", spool, taken)
        self.manifest.originals += 1
        self.manifest.bytes += size

    def _index(self) -> Iterator[bytes]:
        index = self.context.archive.index.path
        if self.only is not None:
            yield from self._data(f"archive/{INDEX}", index_of(self.context, self.only.athlete_id))
        elif index.exists():
            yield from self._data(f"archive/{INDEX}", index.read_bytes())

    def _data(self, name: str, data: bytes) -> Iterator[bytes]:
        return self._entry(name, io.BytesIO(data), len(data))

    def _entry(self, name: str, file: IO[bytes], size: int) -> Iterator[bytes]:
        """Yield an entry of the tar: its header, and its content up to the end of a block."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self.context.clock() // 1000
        yield entry.tobuf(tarfile.USTAR_FORMAT)
        yield from _chunks(file)
        yield bytes(-size % tarfile.BLOCKSIZE)


def _spooled(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Yield what was all made before."""
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as spool:
        spool.writelines(parts)
        spool.seek(0)
        yield from _chunks(spool)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


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


def carried(reader: Reader, only: OneAthlete | None = None) -> list[str]:
    """Return the originals that a backup holds: those that have arrived and were not deleted for good.

    Bytes that a provider's terms forbid to keep stay out, and of an export those that they forbid to export. Other
    terms, such as a folder's, keep nothing out.
    """
    use = "keep" if only is None else "export"
    free = arrivals.c.terms.is_(None) | ~arrivals.c.terms.contains(use)
    query = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None), free)
    if only is not None:
        query = query.where(arrivals.c.athlete_id == only.athlete_id)
    return [row.digest for row in reader.rows(query.distinct().order_by("digest"))]


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
