"""Restores a backup into an empty place: read through and checked first, then everything or nothing."""

import contextlib
import hashlib
import json
import re
import tarfile
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import IO, Any

from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from homestretch import files
from homestretch.archive.archive import unpacked
from homestretch.archive.bucket import StoredFile
from homestretch.archive.folder import DIGEST
from homestretch.archive.index import INDEX
from homestretch.archive.protocol import OriginalCorrupt
from homestretch.errors import HomestretchError
from homestretch.flow.derive.rederive import clear
from homestretch.flow.maintenance.backup import FORMAT, MANIFEST, NOTE, Manifest, Progress, TableFile
from homestretch.flow.maintenance.encryption import reading
from homestretch.flow.runtime.context import Context
from homestretch.flow.security.log import record
from homestretch.settings import Settings
from homestretch.store.database import ATTACHED, CACHED_FILE, KEPT_FILE, Writer
from homestretch.store.dump import dumped, load, split
from homestretch.store.schema import head, migrate, remake, revisions
from homestretch.store.tables.kept import accounts, originals, tokens
from homestretch.store.tables.ops import batches

#: Tables of older backups that are not restored: a backup signs no one in.
OF_OLD = frozenset({tokens.name})
TABLE = re.compile(r"tables/(\w+)\.jsonl")
ORIGINAL = re.compile(r"archive/([0-9a-f]{2})/(\1[0-9a-f]{62})\.zst")

type Parts = Iterator[tuple[str, IO[bytes]]]
#: A backup on this machine, or in an object store.
type BackupFile = Path | StoredFile

#: What of a data folder is put aside; the owner's lock stays where it is.
DATA = (KEPT_FILE, *ATTACHED.values(), "jobs.db", "archive", "uploads", "copies")


class BadBackup(HomestretchError):
    """{path} can't be restored: {reason}. Nothing was changed."""

    exit_code = 2


class NotEmpty(HomestretchError):
    """{place} already has data. A backup can only be restored into an empty one: {way}."""

    status = 409
    exit_code = 2


def checked(path: BackupFile, settings: Settings, progress: Progress = lambda *_: None) -> Manifest:
    """Read a whole backup, compare everything in it with its manifest, and return that.

    Raises BadBackup, NoBackupKey.
    """
    found = _Found()
    with _reading(path, settings) as parts:
        for name, file in parts:
            found.take(name, file)
            progress(len(found.originals), 0)
    manifest = found.manifest
    if manifest is None:
        raise BadBackup(path=path, reason="it is cut off")
    if manifest.format > FORMAT or manifest.revision not in revisions():
        raise BadBackup(path=path, reason=f"it is from a newer Homestretch ({manifest.version}); update first")
    names = manifest.tables.keys() | found.tables.keys()
    differing = sorted(name for name in names if found.tables.get(name) != manifest.tables.get(name))
    if differing or len(found.originals) != manifest.originals:
        raise BadBackup(path=path, reason=f"it is damaged ({', '.join(differing) or 'originals are missing'})")
    return manifest


def must_be_empty(context: Context, manifest: Manifest) -> None:
    """Raise NotEmpty where there are accounts or originals already."""
    with context.database.read() as reader:
        held = sum(reader.scalar(select(func.count()).select_from(table)) for table in (accounts, originals))
    if held and context.database.sqlite and manifest.athlete is not None:
        raise NotEmpty(place=context.settings.data_dir, way="set HOMESTRETCH_DATA_DIR to an empty folder")
    if held and context.database.sqlite:
        raise NotEmpty(place=context.settings.data_dir, way="use --force to move the existing data aside")
    if held:
        raise NotEmpty(
            place="this PostgreSQL database", way=("create a new one and set it in HOMESTRETCH_DATABASE_URL")
        )


def put_aside(settings: Settings, now_ms: int) -> Path | None:
    """Move what a data folder holds into a folder within it; return that, or None where there was nothing."""
    there = [settings.data_dir / f"{name}{end}" for name in DATA for end in ("", "-wal", "-shm")]
    there = [path for path in there if path.exists()]
    if not there:
        return None
    when = datetime.fromtimestamp(now_ms / 1000, UTC)
    name = f"before-restore-{when:%Y%m%d-%H%M%S}"
    ends = chain([""], (f"-{number}" for number in count(2)))  # two within a second are two
    aside = next(path for end in ends if not (path := settings.data_dir / f"{name}{end}").exists())
    aside.mkdir()
    for path in there:
        path.rename(aside / path.name)
    for end in ("", "-wal", "-shm"):  # what terms limit to some days is not put aside
        (aside / f"{CACHED_FILE}{end}").unlink(missing_ok=True)
    return aside


def restore(context: Context, path: BackupFile, manifest: Manifest, progress: Progress = lambda *_: None) -> None:
    """Restore a checked backup into an empty context; what is derived is then stale. Raises NotEmpty, BadBackup.

    The originals come first and the tables in one transaction at the end. An interrupted restore leaves only originals
    without rows, and can be started again.
    """
    must_be_empty(context, manifest)
    context.must_have_room(path.size if isinstance(path, StoredFile) else path.stat().st_size)
    _originals(context, path, manifest, progress)
    restore_tables(context, path, manifest)
    with context.database.write() as session:
        _settle(context, session)
        record(session, context, "backup_restored")


def restore_tables(context: Context, path: BackupFile, manifest: Manifest) -> None:
    """Restore the tables of a checked backup into an empty context; nothing is derived then. Raises BadBackup."""
    if manifest.revision != head():
        remake(context.database, manifest.revision)
    with _reading(path, context.settings) as parts, context.database.write() as session:
        load(session, _tables(parts), manifest.last_ids)
    migrate(context.database)
    clear(context)


def restore_originals(context: Context, path: BackupFile, wanted: Collection[str]) -> None:
    """Restore some originals of a checked backup, those that are in it. Raises BadBackup."""
    with _reading(path, context.settings) as parts:
        for name, packed in parts:
            if (digest := _digest(name)) is not None and digest in wanted:
                context.archive.adopt(digest, packed)


def _originals(context: Context, path: BackupFile, manifest: Manifest, progress: Progress) -> None:
    done = 0
    with _reading(path, context.settings) as parts:
        for name, packed in parts:
            if digest := _digest(name):
                context.archive.adopt(digest, packed)
                done += 1
                progress(done, manifest.originals)
            elif name == f"archive/{INDEX}" and not context.archive.index.path.exists():
                context.archive.index.path.write_bytes(packed.read())


def _tables(parts: Parts) -> Iterator[tuple[str, Iterator[bytes]]]:
    known = {table.name for table in dumped()}
    for name, rows in parts:
        if (table := _table(name)) in known:
            yield str(table), split(rows)


def _settle(context: Context, session: Writer) -> None:
    """Close imports that were running: their files are not in the backup."""
    under_way = batches.c.state.in_(("receiving", "running"))
    note = "Unfinished when the backup was made. Import the remaining files again."
    ended = {"state": "done", "finished_ms": context.clock(), "note": note}
    session.run(update(batches).where(under_way).values(ended))


class _Found:
    """What a backup holds, as far as it was read."""

    def __init__(self) -> None:
        self.manifest: Manifest | None = None
        self.tables: dict[str, TableFile] = {}
        self.originals: set[str] = set()

    def take(self, name: str, file: IO[bytes]) -> None:
        if name == MANIFEST:
            self.manifest = _manifest(file.read())
        elif table := _table(name):
            check = hashlib.sha256()
            rows = 0
            for line in split(file):
                check.update(line)
                rows += 1
            self.tables[table] = TableFile(rows, check.hexdigest())
        elif digest := _digest(name):
            for _ in unpacked(digest, file):
                pass
            self.originals.add(digest)


def _manifest(data: bytes) -> Manifest:
    """Return a backup's manifest. Raises ValueError, KeyError or TypeError for anything else."""
    details: dict[str, Any] = dict(json.loads(data))
    tables = {name: TableFile(**table) for name, table in dict(details.pop("tables")).items()}
    manifest = Manifest(**details | {"tables": tables, "last_ids": dict(details.get("last_ids", {}))})
    known = {table.name for table in dumped()} | OF_OLD
    numbers = [*manifest.last_ids.values(), manifest.originals, manifest.bytes, manifest.format]
    if (
        not manifest.last_ids.keys() <= known
        or not all(type(number) is int and 0 <= number < 1 << 63 for number in numbers)
        or not all(DIGEST.fullmatch(digest) for digest in manifest.missing)
        or not isinstance(details.get("athlete"), str | None)
        or not f"{manifest.created}{manifest.version}{manifest.revision}{manifest.athlete}".isprintable()
    ):
        raise ValueError("an invalid manifest")
    manifest.last_ids = {name: last for name, last in manifest.last_ids.items() if name not in OF_OLD}
    return manifest


def _table(name: str) -> str | None:
    found = TABLE.fullmatch(name)
    return found[1] if found and found[1] in {table.name for table in dumped()} | OF_OLD else None


def _digest(name: str) -> str | None:
    found = ORIGINAL.fullmatch(name)
    return found[2] if found else None


@contextlib.contextmanager
def _reading(path: BackupFile, settings: Settings) -> Iterator[Parts]:
    """Open a backup to be read from its first to its last byte; whatever is wrong with it is a BadBackup.

    Raises NoBackupKey for one that is encrypted with a key that is not here, and BadBackupKey.
    """
    try:
        file = path.open() if isinstance(path, StoredFile) else files.opened(path)
    except OSError as error:
        raise BadBackup(path=path, reason=f"it can't be read ({error.strerror or error})") from error
    try:
        with file, reading(settings, path, file) as (plain, sealed), _tar(path, plain, sealed) as tar:
            yield _parts(path, tar)
    except OriginalCorrupt as error:
        raise BadBackup(path=path, reason=f"the original {error.details['digest']} in it is damaged") from error
    except (tarfile.TarError, EOFError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadBackup(path=path, reason="it is cut off or damaged") from error
    except OperationalError:
        raise  # the database's fault, or the disk's
    except SQLAlchemyError as error:
        raise BadBackup(path=path, reason="its tables do not fit together") from error


def _tar(path: BackupFile, file: IO[bytes], sealed: bool) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=file, mode="r|" if sealed else "r:")
    except tarfile.TarError as error:
        raise BadBackup(path=path, reason="it is not a backup of Homestretch") from error


def _parts(path: BackupFile, tar: tarfile.TarFile) -> Parts:
    """Yield the names and contents of what a backup holds, each once. Raises BadBackup for anything else in it."""
    seen = {""}
    for entry in tar:
        name = entry.name
        known = name in (NOTE, MANIFEST, f"archive/{INDEX}") or _digest(name) or _table(name)
        plain = entry.type in (tarfile.REGTYPE, tarfile.AREGTYPE) and entry.sparse is None
        file = tar.extractfile(entry) if known and plain and name not in seen else None
        if file is None:
            raise BadBackup(path=path, reason=f"it contains the unexpected entry {name[:100]!r}")
        seen.add(name)
        yield name, file
