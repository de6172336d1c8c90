"""The whole data folder, whoever's data it holds, opened for a command; and a bar for what takes its time."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from homestretch.cli._opened import Beside

if TYPE_CHECKING:
    from homestretch.app import App


@contextmanager
def whole() -> Iterator[tuple["App", Beside]]:
    """Open the data folder; yields the App, and whether it is beside another process."""
    from homestretch.app import open_app
    from homestretch.flow.owner import OwnerLock
    from homestretch.logs import set_up_logs
    from homestretch.settings import Settings

    settings = Settings()
    set_up_logs("error")
    lock = OwnerLock(settings.data_dir, "command")
    beside = Beside(settings, lock)
    app = open_app(settings, owner=None if beside or not settings.sqlite else lock)
    beside.app = app
    try:
        yield app, beside
    finally:
        app.close()
        lock.release()


@contextmanager
def bar(title: str, *, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Draw a bar on a terminal during the block; yields what is told how many of how many are done (0: unknown)."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as shown:
        task = shown.add_task(title, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total or None)
