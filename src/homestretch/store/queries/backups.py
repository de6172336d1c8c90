"""Keeps and reads how backups are made by themselves, and what became of each; see the table `backup_runs`."""

import hashlib
import json
import random
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal, NamedTuple

import numpy as np
from sqlalchemy import delete, func, insert, or_, select, update

from homestretch.store.codecs.streams import unpack
from homestretch.store.database import Reader, Writer
from homestretch.store.tables.derived import outcomes, recordings, streams
from homestretch.store.tables.kept import accounts, arrivals, grants, originals, settings
from homestretch.store.tables.ops import backup_runs

KEY = "backups"
type Kind = Literal["backup", "drill", "copy"]


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Where backups go and when they are made; `hour` is in the server's own time, a week ends with a Sunday.

    `mark` is what the file that marks the folder `marked` says: another disk in its place has another one, or none.
    """

    on: bool = True
    folder: str | None = None
    every: Literal["day", "week"] = "day"
    hour: int = 3
    daily: int = 7
    weekly: int = 4
    monthly: int = 12
    marked: str | None = None
    mark: str | None = None


class BackupRun(NamedTuple):
    """One backup or drill; see the table."""

    id: int
    kind: Kind
    reason: Literal["schedule", "hand"]
    state: Literal["waiting", "running", "done", "unchanged", "failed"]
    asked_ms: int
    began_ms: int | None
    ended_ms: int | None
    removed_ms: int | None
    copied_to: str | None
    place: str | None
    file: str | None
    content: str | None
    size: int | None
    originals: int | None
    missing: int | None
    compared: int | None
    differing: int | None
    done: int
    total: int
    note: str | None


class RecordingName(NamedTuple):
    """What a recording is called in any store: its athlete, its key and its original."""

    athlete_id: int
    key: str
    digest: str


_RUN = [backup_runs.c[name] for name in BackupRun._fields]
_GOOD = ("done", "unchanged")


def backup_settings(reader: Reader) -> BackupSettings:
    """Return how backups are made; the defaults where nothing was chosen."""
    found: Mapping[str, object] = reader.scalar(select(settings.c.value).where(settings.c.key == KEY)) or {}
    known = {one.name for one in fields(BackupSettings)}
    return BackupSettings(**{name: value for name, value in found.items() if name in known})  # type: ignore[arg-type]


def put_backup_settings(session: Writer, new: BackupSettings, now: int) -> None:
    """Keep how backups are made."""
    session.put(settings, [{"key": KEY, "value": asdict(new), "set_ms": now}])


def run_of(reader: Reader, number: int) -> BackupRun | None:
    """Return a run; None for a number without one."""
    row = reader.row(select(*_RUN).where(backup_runs.c.id == number))
    return None if row is None else BackupRun._make(row)


def last_run(reader: Reader, kind: Kind, *states: str) -> BackupRun | None:
    """Return the last run of a kind in one of these states (in any, where none is named)."""
    where = [backup_runs.c.kind == kind, *([backup_runs.c.state.in_(states)] if states else [])]
    row = reader.row(select(*_RUN).where(*where).order_by(backup_runs.c.id.desc()).limit(1))
    return None if row is None else BackupRun._make(row)


def last_good(reader: Reader, kind: Kind) -> BackupRun | None:
    """Return the last run of a kind that did what it was to do."""
    return last_run(reader, kind, *_GOOD)


def open_runs(reader: Reader, *states: str) -> list[BackupRun]:
    """Return the runs that wait or run, the oldest first."""
    query = select(*_RUN).where(backup_runs.c.state.in_(states or ("waiting", "running")))
    return [BackupRun._make(row) for row in reader.rows(query.order_by(backup_runs.c.id))]


def kept_backups(reader: Reader, place: str | None) -> list[BackupRun]:
    """Return the backups that lie in a folder, by what was written down, the newest first."""
    there = [backup_runs.c.kind == "backup", backup_runs.c.state == "done", backup_runs.c.removed_ms.is_(None)]
    query = select(*_RUN).where(*there, backup_runs.c.place == place).order_by(backup_runs.c.began_ms.desc())
    return [BackupRun._make(row) for row in reader.rows(query)]


def copied_backups(reader: Reader, place: str) -> list[BackupRun]:
    """Return the backups that were copied to an object store, by what was written down, the newest first."""
    query = select(*_RUN).where(backup_runs.c.copied_to == place).order_by(backup_runs.c.began_ms.desc())
    return [BackupRun._make(row) for row in reader.rows(query)]


def add_run(session: Writer, kind: Kind, reason: str, now: int) -> int:
    """Add a run that waits, and return its number; one that waits already is left at that."""
    waiting = [one.id for one in open_runs(session, "waiting") if one.kind == kind]
    if waiting:
        return waiting[0]
    return session.add(insert(backup_runs).values(kind=kind, reason=reason, state="waiting", asked_ms=now))


def set_run(session: Writer, number: int, values: Mapping[str, object]) -> None:
    """Set columns of a run."""
    session.run(update(backup_runs).where(backup_runs.c.id == number).values(**values))


def remove_run(session: Writer, number: int) -> None:
    """Delete a run."""
    session.run(delete(backup_runs).where(backup_runs.c.id == number))


def forget_old_runs(session: Writer, kind: Kind, after: int, before_ms: int) -> None:
    """Delete failed runs later than run `after`, which a new one replaces, and what ended long ago without a file."""
    mine = backup_runs.c.kind == kind
    failed = mine & (backup_runs.c.state == "failed") & (backup_runs.c.id > after)
    gone = or_(backup_runs.c.file.is_(None), backup_runs.c.removed_ms.is_not(None)) & backup_runs.c.copied_to.is_(None)
    session.run(delete(backup_runs).where(failed | (mine & gone & (backup_runs.c.ended_ms < before_ms))))


def sample(reader: Reader, until_ms: int, versions: Collection[str], count: int) -> dict[RecordingName, str]:
    """Return recordings of so many originals at random, with a digest of each (see `recording_digests`).

    They are of what was kept until an instant, and was decoded by one of these versions.
    """
    there = originals.join(outcomes, outcomes.c.digest == originals.c.digest)
    query = select(originals.c.digest).select_from(there).distinct()
    query = query.where(originals.c.kept_ms <= until_ms, outcomes.c.version.in_(versions), outcomes.c.recordings > 0)
    digests = sorted(row.digest for row in reader.rows(query))
    return recording_digests(reader, random.sample(digests, min(count, len(digests))))


def recording_digests(reader: Reader, of: Collection[str]) -> dict[RecordingName, str]:
    """Return a digest of each recording of these originals: its span, its figures and its samples, never ids."""
    columns = (recordings.c[name] for name in (*RecordingName._fields, "start_ms", "end_ms", "file_key", "summary"))
    query = select(*columns, streams.c.blob).join_from(recordings, streams, streams.c.recording_id == recordings.c.id)
    found = {}
    for row in reader.rows(query.where(recordings.c.digest.in_(of))):
        plain = [row.start_ms, row.end_ms, row.file_key, _rounded(row.summary)]
        check = hashlib.sha256(json.dumps(plain, sort_keys=True).encode())
        time_ms, channels = unpack(row.blob)
        check.update(time_ms.tobytes())
        for key, channel in sorted(channels.items()):
            check.update(key.encode() + np.round(np.nan_to_num(channel.values(), nan=-1e9), 6).tobytes())
        found[RecordingName(row.athlete_id, row.key, row.digest)] = check.hexdigest()
    return found


def _rounded(value: object) -> object:
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, dict):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value


def keep_only(session: Writer, digests: Collection[str]) -> None:
    """Forget all arrivals but those of some originals: in a store that was restored to see whether that works."""
    session.run(delete(arrivals).where(arrivals.c.digest.not_in(digests)))


def athletes_of_administrators(reader: Reader) -> list[int]:
    """Return an athlete of each administrator: the first one that the account owns."""
    admins = grants.join(accounts, accounts.c.id == grants.c.account_id)
    owned = [accounts.c.is_admin, grants.c.role == "owner"]
    query = select(func.min(grants.c.athlete_id).label("first")).select_from(admins).where(*owned)
    return sorted({row.first for row in reader.rows(query.group_by(grants.c.account_id))})
