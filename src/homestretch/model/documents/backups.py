"""Documents about backups that make themselves, and the state of the server; nothing of any athlete is in them."""

from typing import Literal, TypedDict

type Every = Literal["day", "week"]
type RunState = Literal["waiting", "running", "done", "unchanged", "failed"]


class BackupRun(TypedDict):
    """A backup, a drill that restores one to see whether that works, or a copying of backups to an object store.

    `done` of `total` steps are over. `copied`: a copy is in the object store. `missing` originals could not be backed
    up; of `compared` recordings `differing` came out of the backup otherwise than they are here. `note` says why it
    failed.
    """

    id: str
    reason: Literal["schedule", "hand"]
    state: RunState
    asked_at: str
    began_at: str | None
    ended_at: str | None
    took_s: float | None
    folder: str | None
    file: str | None
    size_bytes: int | None
    originals: int | None
    missing: int | None
    copied: bool
    compared: int | None
    differing: int | None
    done: int
    total: int
    note: str | None


class BackupPlan(TypedDict):
    """When backups are made, where they go, and how many of which age are kept.

    `locked`: the environment sets the folder. `hour` is in the server's own time.
    """

    on: bool
    folder: str | None
    locked: bool
    every: Every
    hour: int
    daily: int
    weekly: int
    monthly: int


#: Whether backups are encrypted; `set`: by the environment, `unusable`: its key, or the one in the folder, is none.
type Encryption = Literal["off", "on", "set", "unusable"]


class BackupKey(TypedDict):
    """A new key for backups, shown once."""

    key: str


class BackupCopies(TypedDict):
    """Copies of backups in an object store: how many are there with how many `bytes`, and how the last copying went."""

    place: str
    count: int
    bytes: int
    running: BackupRun | None
    last: BackupRun | None


class Backups(TypedDict):
    """How backups are doing.

    `problem` says why the folder can't be used now; `beside`: it is on the same disk as the data. `running` is the
    backup under way or asked for, `last` the last one that ended, `good_at` when all there was was last backed up.
    `files` are those in the folder, the newest first, with `bytes` together; `most` is how many there will be.
    """

    plan: BackupPlan
    active: bool
    encryption: Encryption
    problem: str | None
    beside: bool
    next_at: str | None
    running: BackupRun | None
    last: BackupRun | None
    good_at: str | None
    files: list[BackupRun]
    bytes: int
    copies: BackupCopies | None
    free_bytes: int | None
    most: int
    drilling: BackupRun | None
    drill: BackupRun | None
    drill_next_at: str | None


class StoragePart(TypedDict):
    """What a part of the store takes."""

    part: Literal["originals", "database", "calculated", "jobs", "maps", "uploads", "copies"]
    bytes: int


class Process(TypedDict):
    """A server or worker on PostgreSQL, and when it was last alive; on SQLite there is one, which answers this."""

    name: str
    seen_at: str
    alive: bool


class Waiting(TypedDict):
    """What waits to be done: how much, and since when the oldest."""

    kind: Literal["files", "syncs"]
    count: int
    since: str | None


class ServerStatus(TypedDict):
    """How the server is: its version and parts, its processes, what waits, and what takes how much room."""

    version: str
    database: str
    parts: dict[str, str]
    processes: list[Process]
    waiting: list[Waiting]
    storage: list[StoragePart]
    free_bytes: int
