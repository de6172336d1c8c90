"""`homestretch backup`: everything kept, in one file."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json

if TYPE_CHECKING:
    from homestretch.cli._runtime.opened import Beside
    from homestretch.flow.runtime.context import Context
    from homestretch.model.documents.backups import BackupRun

File = Annotated[
    Path | None,
    typer.Argument(help="The file to write, such as homestretch.tar. None: into the backup folder.", dir_okay=False),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]
#: How often a backup that another process makes is looked at.
LOOK_S = 0.5


def COMMAND(file: File = None, force: Force = False, json: JsonOption = False) -> None:
    """Back up all data into one tar file. The server can keep running.

    Without a file, make a backup as the schedule does: into the backup folder, read back, and older ones removed.
    """
    if file is None:
        _into_folder(json=json)
        return
    from homestretch.flow.maintenance.backup import back_up

    with whole() as (app, _), bar("Backing up", quiet=json) as progress:
        made = back_up(app.context, file, force=force, progress=progress)
    size = file.stat().st_size
    if json:
        say_json({"file": str(file), "size": size, "originals": made.originals, "missing": made.missing})
    else:
        print(f"Saved {made.originals} originals and all edits to {file} ({size / 1e6:.1f} MB).")
    for digest in made.missing:
        print(f"homestretch: original {digest} is missing or damaged and was not backed up", file=sys.stderr)
    raise typer.Exit(1 if made.missing else 0)


def _into_folder(*, json: bool) -> None:
    from homestretch.flow.backups.make import ask, make_due

    with whole() as (app, beside):
        number = ask(app.context, "backup")
        if not beside:
            make_due(app.context)
        run = _ended(app.context, beside, number)
    file = f"{run['folder']}/{run['file']}"
    if json:
        say_json(run)
    elif run["state"] == "done":
        print(f"Saved {run['originals']} originals and all edits to {file} ({(run['size_bytes'] or 0) / 1e6:.1f} MB).")
        if run["missing"]:
            print(f"homestretch: {run['missing']} originals are missing. Run `homestretch verify`.", file=sys.stderr)
    else:
        print(f"homestretch: {run['note']}", file=sys.stderr)
    raise typer.Exit(0 if run["state"] == "done" and not run["missing"] else 1)


def _ended(context: "Context", beside: "Beside", number: int) -> "BackupRun":
    """Wait until a backup that was asked for has ended; where nobody else makes it any more, make it here."""
    from homestretch.flow.backups.make import make_due
    from homestretch.views.system.backups import run_document

    while True:
        with context.database.read() as reader:
            run = run_document(reader, number)
        if run["state"] not in ("waiting", "running"):
            return run
        if not beside:
            make_due(context)
        time.sleep(LOOK_S)
