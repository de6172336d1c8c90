"""What is well with this installation and what is not, each with a sentence that says what to do."""

import os
import random
import shlex
import shutil
import sqlite3
import zoneinfo
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

import homestretch
from homestretch.analysis.zone import offset_at, zone_at
from homestretch.archive.archive import Archive
from homestretch.archive.object_store import ObjectStore
from homestretch.archive.places import archive_of
from homestretch.archive.protocol import OriginalCorrupt, OriginalMissing
from homestretch.errors import HomestretchError
from homestretch.files import on_read_only_disk
from homestretch.model.documents.system import Finding
from homestretch.model.moment import iso
from homestretch.settings import Settings, origin_of
from homestretch.store.database import (
    ATTACHED,
    KEPT_FILE,
    Database,
    DatabaseUnreachable,
    frozen_address,
    sqlite_url,
)
from homestretch.store.queries.measured import incomplete
from homestretch.store.queries.passkeys import frozen_host, relying_party
from homestretch.store.schema import derived_in_shape, pending_revision, revisions
from homestretch.store.tables.kept import arrivals, connections, originals
from homestretch.store.tables.ops import batches, items
from homestretch.views.system.backup_checks import checked_backups, checked_drill
from homestretch.views.system.verify import unlisted

#: 2026-01-01, before which this was not written.
EARLIEST_MS = 1_767_225_600_000
SAMPLE = 25
SMALL_SQLITE = (3, 35)

type Status = Literal["ok", "warn", "fail"]
type Outcome = tuple[Status, str]

NO_DATA: Outcome = ("ok", "There is no data yet. The first start creates the tables.")


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: settings, store, archive, who owns the data folder now, and the time."""

    settings: Settings
    database: Database
    archive: Archive
    owner: Mapping[str, Any] | None
    now_ms: int


def examine(settings: Settings, owner: Mapping[str, Any] | None, now_ms: int) -> list[Finding]:
    """Return what every check finds; changes nothing, and a failing check stops no other."""
    database = Database(settings.database_url or sqlite_url(settings.data_dir), pooled=settings.database_pooled == "on")
    patient = Patient(settings, database, archive_of(settings), owner, now_ms)
    try:
        return [_finding(name, look, patient) for name, look in CHECKS.items()]
    finally:
        database.close()


def _finding(name: str, look: Callable[[Patient], Outcome], patient: Patient) -> Finding:
    try:
        status, says = NO_DATA if look in NEED_TABLES and _is_new(patient) else look(patient)
    except (OSError, SQLAlchemyError, sqlite3.Error, HomestretchError) as error:
        reason = str(getattr(error, "orig", None) or error).split("\n", maxsplit=1)[0]
        status, says = "fail", f"This could not be checked: {reason}."
    return {"check": name, "status": status, "says": says}


def _is_new(patient: Patient) -> bool:
    missing = patient.database.sqlite and not (patient.settings.data_dir / KEPT_FILE).exists()
    try:
        empty = missing or pending_revision(patient.database) == "base"
    except DatabaseUnreachable:
        return False  # which the checks themselves find
    return empty and next(patient.archive.digests(), None) is None


def _clock(patient: Patient) -> Outcome:
    if patient.now_ms < EARLIEST_MS:
        return "fail", f"The clock is wrong ({iso(patient.now_ms)}). Set it, or turn on network time."
    return "ok", f"The time is {iso(patient.now_ms)}."


def _clock_since(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        newest = reader.scalar(select(func.max(originals.c.kept_ms))) or 0
    if newest > patient.now_ms + 60_000:
        return "warn", f"The newest original is dated {iso(newest)}, in the future. The clock was probably wrong."
    return "ok", "No original is dated in the future."


def _folder(patient: Patient) -> Outcome:
    folder = patient.settings.data_dir.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    if on_read_only_disk(there):
        return (
            "fail",
            f"{there} is on a read-only disk. Back up to another disk with `homestretch backup FILE` and check the "
            "system log (`dmesg`).",
        )
    if not os.access(there, os.W_OK | os.X_OK):
        return "fail", f"{there} can't be written. Make the user who runs Homestretch its owner."
    if names := _open_to_others(folder):
        return (
            "warn",
            f"Other users of this machine can read {', '.join(names)} in the data folder. "
            f"Close it with `chmod -R go= {shlex.quote(str(folder))}`.",
        )
    return "ok", f"The data folder is {folder}."


def _open_to_others(folder: Path) -> list[str]:
    """Return what of a data folder others may read: nothing where they can't enter it."""
    if not folder.exists() or not folder.stat().st_mode & 0o077:
        return []
    return sorted(path.name for path in folder.iterdir() if not path.is_symlink() and path.stat().st_mode & 0o077)


def _disk(patient: Patient) -> Outcome:
    folder = patient.settings.data_dir.absolute()
    there = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(there).free // 1_000_000
    needed = patient.settings.min_free_mb
    if free < needed:
        return "fail", f"Only {free} MB are free. Homestretch writes nothing below {needed} MB. Free some space."
    if free < 5 * needed:
        return "warn", f"{free} MB are free. Homestretch writes nothing below {needed} MB."
    return "ok", f"{free} MB are free."


def _owner(patient: Patient) -> Outcome:
    if not patient.settings.sqlite:
        return "ok", "Not used with PostgreSQL."
    if patient.owner is None:
        return "ok", "No server is running."
    kind, pid, url = (patient.owner.get(key) for key in ("kind", "pid", "url"))
    return "ok", f"A {kind} is running: process {pid}{f' at {url}' if url else ''}."


def _database(patient: Patient) -> Outcome:
    if not patient.database.sqlite:
        with patient.database.read() as reader:
            return "ok", f"PostgreSQL {reader.scalar(text('SHOW server_version'))} is reachable."
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < SMALL_SQLITE:
        return "fail", f"SQLite {version} is too old. Install 3.35 or newer."
    mode, found = _looked_over(patient.database)
    if found != "ok":
        return (
            "fail",
            f"{KEPT_FILE} is damaged ({found}). Restore a backup with `homestretch restore --force`.",
        )
    if mode != "wal" and not patient.database.frozen:
        return (
            "warn",
            f"The database is in {mode} mode instead of WAL. Keep the data folder on a local disk.",
        )
    return "ok", f"SQLite {version} in WAL mode; the file is intact."


def _looked_over(database: Database) -> tuple[str, str]:
    """Return the mode of the kept file, and "ok" or what is wrong with it."""
    try:
        with database.read() as reader:
            mode = str(reader.scalar(text("PRAGMA main.journal_mode")))
            found = str(reader.scalar(text("PRAGMA main.quick_check(1)")))
            there = inspect(reader.connection).has_table("alembic_version")
    except DatabaseUnreachable as error:
        return "", str(error.details["reason"])
    return mode, found if there else "it is empty"


def _opened(path: Path) -> sqlite3.Connection:
    path = path.absolute()
    return sqlite3.connect(frozen_address(path) if on_read_only_disk(path) else f"file:{path}?mode=ro", uri=True)


def _made_again(patient: Patient) -> Outcome:
    """Look over the files that are made again when they are lost."""
    paths = [patient.settings.data_dir / name for name in ATTACHED.values()]
    for path in paths if patient.database.sqlite else ():
        if not path.exists():
            continue
        try:
            with closing(_opened(path)) as opened:
                found = str(opened.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.DatabaseError as error:
            found = str(error)
        if found != "ok":
            return "fail", f"{path.name} is damaged ({found}). Stop the server, delete the file and start again."
    return "ok", "The calculated and the cached data are intact."


def _measured(patient: Patient) -> Outcome:
    with patient.database.snapshot() as reader:
        lost = incomplete(reader) if derived_in_shape(reader.connection) else []
    if lost:
        return "fail", f"Metrics of {len(lost)} activities are missing. Restart the server to recalculate them."
    return "ok", "All metrics are present."


def _migration(patient: Patient) -> Outcome:
    revision = pending_revision(patient.database)
    if revision is None:
        return "ok", "The tables are up to date."
    if revision not in ("base", *revisions()):
        return "fail", f"This database is from a newer Homestretch (revision {revision}). Update Homestretch."
    return "warn", f"The tables are at revision {revision}. The next start updates them."


def _originals(patient: Patient) -> Outcome:
    wanted = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None)).distinct()
    with patient.database.read() as reader:
        digests = [row.digest for row in reader.rows(wanted)]
    bad = 0
    chosen = random.sample(digests, min(SAMPLE, len(digests)))
    for digest in chosen:
        try:
            patient.archive.read(digest)
        except (OriginalMissing, OriginalCorrupt):
            bad += 1
    if bad:
        return (
            "fail",
            f"{bad} of {len(chosen)} checked originals are missing or damaged. Run `homestretch verify` to list all.",
        )
    return "ok", f"{len(chosen)} of {len(digests)} originals were checked and are intact."


def _strays(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        wanted = select(arrivals.c.digest).where(arrivals.c.purged_ms.is_(None)).distinct()
        named = {row.digest for row in reader.rows(wanted)}
    there = set(patient.archive.digests())
    if missing := named - there:
        heal = "Import them again, or restore them with `homestretch verify --heal`"
        return "fail", f"{len(missing)} originals are missing from the archive. {heal}."
    if strays := there - named:
        return "warn", f"{len(strays)} originals in the archive belong to an interrupted import. Repeat it."
    return "ok", f"The archive has exactly the {len(there)} imported originals."


def _places(patient: Patient) -> Outcome:
    """Write and read in an object store; in a folder there are checks of their own."""
    stores = [place for place in patient.archive.places if isinstance(place, ObjectStore)]
    if not stores:
        return "ok", "Originals are kept in the data folder."
    names = ", ".join(store.name for store in stores)
    if not all(list(map(ObjectStore.probe, stores))):
        return (
            "warn",
            f"{names} overwrites a file that is there already although it is asked not to. Originals are safe: each "
            "is read back after it was written. Let no other program write there.",
        )
    left = sum(1 for place in patient.archive.places[1:] for _ in place.digests())
    move = f" {left} originals are in other places: move them with `homestretch originals move`." if left else ""
    return "ok", f"{names} can be written and read.{move}"


def _index(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        wrong = unlisted(reader, patient.archive)
    if wrong:
        return "warn", f"The archive's index.tsv lacks {len(wrong)} originals. Run `homestretch rebuild` to rewrite it."
    return "ok", "The archive's index.tsv lists every original."


def _staging(patient: Patient) -> Outcome:
    staged = {str(path.absolute()) for path in patient.settings.uploads_dir.glob("*/*.part")}
    with patient.database.read() as reader:
        wanted = items.c.status.in_(("arriving", "waiting")) & items.c.place.is_not(None)
        staged -= {row.place for row in reader.rows(select(items.c.place).where(wanted))}
    if staged:
        return "warn", f"{len(staged)} unfinished uploads are left. The next start removes them."
    return "ok", "No unfinished uploads."


def _imports(patient: Patient) -> Outcome:
    counts = select(items.c.status, func.count().label("n")).join(batches, batches.c.id == items.c.batch_id)
    with patient.database.read() as reader:
        found = {row.status: row.n for row in reader.rows(counts.group_by(items.c.status))}
    waiting, failed = found.get("waiting", 0), found.get("failed", 0)
    if waiting and patient.settings.sqlite and patient.owner is None:
        return "warn", f"{waiting} files are waiting to be imported. Start the server or import them again."
    if failed:
        return "warn", f"{failed} files could not be imported. The Import page lists them."
    return "ok", f"{waiting} files waiting, none failed."


def _web(_patient: Patient) -> Outcome:
    if not Path(homestretch.__file__).with_name("static").joinpath("index.html").is_file():
        return "warn", "The web app is not built. Run `make setup`."
    return "ok", "The web app is built."


def _zones(_patient: Patient) -> Outcome:
    if not zoneinfo.available_timezones():
        return "fail", "Time zone data is missing. Install the package tzdata."
    zone = zone_at(60.17, 24.94)
    if zone is None or offset_at(zone, EARLIEST_MS) != 7200:
        return "fail", "Time zones can't be found from coordinates. Install Homestretch again."
    return "ok", "Time zone data is installed."


def _jobs(patient: Patient) -> Outcome:
    path = patient.settings.data_dir / "jobs.db"
    if not patient.settings.sqlite or not path.exists():
        return "ok", "The jobs database is created at the first start."
    with closing(_opened(path)) as jobs:
        found = jobs.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        return "fail", f"jobs.db is damaged ({found}). Stop the server and delete the file. No data is lost."
    return "ok", "The jobs database is intact."


def _sign_ins(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        count = reader.scalar(select(func.count()).where(connections.c.secret.is_not(None)))
    if not count:
        return "ok", "No source is connected."
    if patient.settings.secret_key is not None:
        return "ok", f"{count} sign-ins are encrypted with HOMESTRETCH_SECRET_KEY."
    key = patient.settings.data_dir / "secret.key"
    if not key.exists():
        return "fail", f"{key} is missing, so {count} stored sign-ins can't be decrypted. Put it back or sign in again."
    if key.stat().st_mode & 0o077:
        return "warn", f"Other users of this machine can read {key}. Run `chmod 600` on it."
    return "ok", f"{count} sign-ins are encrypted and their key is present."


def _passkeys(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        made_for, public = frozen_host(reader), patient.settings.public_url
        problem = relying_party(reader, patient.settings, origin_of(public or "") or "").problem if public else None
    if made_for is None:
        return "ok", "There are no passkeys."
    if problem is None:
        return "ok", f"Passkeys are for {made_for}."
    advice = "Correct HOMESTRETCH_PUBLIC_URL, or remove them with `homestretch user passkeys NAME --remove`."
    return "warn", f"Passkeys were made for {made_for} and do not work at {public}. {advice}"


def _backups(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        return checked_backups(reader, patient.settings, patient.now_ms)


def _drill(patient: Patient) -> Outcome:
    with patient.database.read() as reader:
        return checked_drill(reader, patient.settings, patient.now_ms)


CHECKS: Mapping[str, Callable[[Patient], Outcome]] = {
    "clock": _clock,
    "data folder": _folder,
    "disk": _disk,
    "owner": _owner,
    "database": _database,
    "derived": _made_again,
    "tables": _migration,
    "measured": _measured,
    "history": _clock_since,
    "originals": _originals,
    "object store": _places,
    "archive": _strays,
    "archive index": _index,
    "uploads": _staging,
    "imports": _imports,
    "sign-ins": _sign_ins,
    "passkeys": _passkeys,
    "backups": _backups,
    "restore test": _drill,
    "jobs": _jobs,
    "web app": _web,
    "time zones": _zones,
}
NEED_TABLES = frozenset({
    _database, _migration, _measured, _clock_since, _originals, _strays, _index, _staging, _imports, _sign_ins,
    _passkeys, _backups, _drill,
})  # fmt: skip
