"""Opens the data folder for a command: as its owner, or next to a running server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.flow.runtime.folder_lock import OwnerLock
    from homestretch.settings import Settings
    from homestretch.store.scope import Scope

AthleteOption = Annotated[str | None, typer.Option("--athlete", help="Athlete to use (if there are several).")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]

#: How long a server may take to come back before a command that waits for it goes on by itself.
GRACE_S = 20.0


class Beside:
    """True as long as another process has the data folder or works on the database; checked every time."""

    def __init__(self, settings: "Settings", lock: "OwnerLock") -> None:
        self.settings, self.lock = settings, lock
        self.app: App | None = None
        self._alone = settings.sqlite and self._acquired()
        self._gone_since: float | None = None

    def __bool__(self) -> bool:
        """Return whether somebody else does the work; a folder that stays without an owner is ours from then on."""
        if not self.settings.sqlite:
            return self.app is not None and _workers(self.app)
        if not self._alone:
            self._alone = self._stays_gone() and self._acquired()
        return not self._alone

    def _stays_gone(self) -> bool:
        """Return whether the owner has been gone for so long that it is not just being started again."""
        from homestretch.flow.runtime.folder_lock import owner_of

        now = time.monotonic()
        if owner_of(self.settings.data_dir) is not None:
            self._gone_since = None
            return False
        self._gone_since = self._gone_since or now
        return now - self._gone_since > GRACE_S

    def _acquired(self) -> bool:
        from homestretch.flow.runtime.folder_lock import FolderInUse, FolderReadOnly

        try:
            self.lock.acquire()
        except FolderInUse:
            return False
        except FolderReadOnly:
            return True  # no one can write there, so no one has to be kept out
        return True


@contextmanager
def whole(*, restoring: bool = False) -> Iterator[tuple["App", Beside]]:
    """Open the data folder, whosever data it holds; yields the App, and whether it is beside another process.

    Next to a server a command only reads and leaves long work to it; otherwise the command is the owner.
    """
    from homestretch.app import open_app
    from homestretch.flow.runtime.context import Actor
    from homestretch.flow.runtime.folder_lock import OwnerLock
    from homestretch.logs import set_up_logs
    from homestretch.settings import Settings

    settings = Settings()
    set_up_logs("error")
    lock = OwnerLock(settings.data_dir, "command")
    beside = Beside(settings, lock)
    try:
        owner = None if beside or not settings.sqlite else lock
        app = open_app(settings, owner=owner, restoring=restoring, reading=True)
        app.context = replace(app.context, actor=Actor("cli"))
        beside.app = app
        try:
            yield app, beside
        finally:
            app.close()
    finally:
        lock.release()


@contextmanager
def shared() -> Iterator["App"]:
    """Open the data folder for a command that stays open: others may own the folder, and a server may start.

    As the owner it only makes and migrates what is missing.
    """
    from homestretch.app import open_app
    from homestretch.flow.runtime.folder_lock import OwnerLock
    from homestretch.logs import set_up_logs
    from homestretch.settings import Settings

    settings = Settings()
    set_up_logs("error")
    lock = OwnerLock(settings.data_dir, "command")
    beside = Beside(settings, lock)
    try:
        app = open_app(settings, owner=None if beside or not settings.sqlite else lock, reading=True)
    finally:
        lock.release()
    try:
        yield app
    finally:
        app.close()


@contextmanager
def opened(athlete: str | None = None) -> Iterator[tuple["App", "Scope", Beside]]:
    """Open the data folder for one athlete's data; yields the App, the scope, and whether it is beside a server."""
    from homestretch.flow.accounts.accounts import athlete_named
    from homestretch.store.scope import Scope

    with whole() as (app, beside):
        yield app, Scope(athlete_named(app.context, athlete)), beside


def _workers(app: "App") -> bool:
    """Return whether a server or worker lives on the same PostgreSQL."""
    from sqlalchemy import func, select

    from homestretch.flow.runtime.heartbeats import DEAD_MS
    from homestretch.store.tables.ops import heartbeats

    with app.database.read() as reader:
        last = reader.scalar(select(func.max(heartbeats.c.at_ms)))
    return last is not None and last > app.context.clock() - DEAD_MS
