"""A progress bar that follows an import wherever it runs."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from homestretch.model.documents.imports import Batch

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.store.scope import Scope

LOOK_S = 0.3


class Progress:
    """Looks at an import every third of a second and shows it."""

    def __init__(self, app: "App", scope: "Scope", batch: int) -> None:
        self.app, self.scope, self.batch = app, scope, batch
        self.stop = threading.Event()

    def wait(self, beside: "Beside") -> bool:
        """Wait as long as another process does the import; return whether that finished it."""
        while self.look()["state"] not in ("done", "undone"):
            if not beside:
                return False
            time.sleep(LOOK_S)
        return True

    def look(self) -> Batch:
        """Return where the import stands."""
        from homestretch.views.system.imports import batch

        with self.app.database.read() as reader:
            return batch(reader, self.scope, self.batch, self.app.context.clock())

    def show(self) -> None:
        """Draw the bar until `stop` is set."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
        )
        with Bar(*columns, TimeRemainingColumn(), console=Console(file=sys.stderr), transient=True) as bar:
            task = bar.add_task("Importing", total=None, rate="")
            while not self.stop.wait(LOOK_S):
                now = self.look()
                counts = now["counts"]
                done = counts["imported"] + counts["duplicate"] + counts["skipped"] + counts["failed"]
                rate = f"{now['rate_per_s']:.0f} files/s" if now["rate_per_s"] else ""
                bar.update(task, total=now["files"], completed=done, rate=now["note"] or rate)


@contextmanager
def follow(app: "App", scope: "Scope", batch: int, *, quiet: bool) -> Iterator[Progress]:
    """Show an import's progress during the block, on a terminal and unless `quiet`."""
    progress = Progress(app, scope, batch)
    if quiet or not sys.stderr.isatty():
        yield progress
        return
    shower = threading.Thread(target=progress.show, daemon=True)
    shower.start()
    try:
        yield progress
    finally:
        progress.stop.set()
        shower.join(timeout=2)
