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
    from collections.abc import Callable

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
        run = _ended(app.context, beside, number, make_due)
        copied = _copied(app.context, beside) if run["state"] == "done" else None
    file = f"{run['folder']}/{run['file']}"
    if json:
        say_json(run | ({} if copied is None else {"copy": copied}))
    elif run["state"] == "done":
        print(f"Saved {run['originals']} originals and all edits to {file} ({(run['size_bytes'] or 0) / 1e6:.1f} MB).")
        if run["missing"]:
            print(f"homestretch: {run['missing']} originals are missing. Run `homestretch verify`.", file=sys.stderr)
    else:
        print(f"homestretch: {run['note']}", file=sys.stderr)
    if copied is not None and copied["state"] == "done" and not json:
        print(f"Copied to {copied['folder']}.")
    elif copied is not None and copied["state"] != "done":
        print(f"homestretch: it was not copied: {copied['note']}", file=sys.stderr)
    copied_well = copied is None or copied["state"] == "done"
    raise typer.Exit(0 if run["state"] == "done" and not run["missing"] and copied_well else 1)


def _copied(context: "Context", beside: "Beside") -> "BackupRun | None":
    """Have the backup copied to the object store, and return the run that did; None where no store is set."""
    from homestretch.flow.backups.copies import ask_copy, copy_due

    if context.settings.backup_bucket is None:
        return None
    return _ended(context, beside, ask_copy(context), copy_due)


def _ended(context: "Context", beside: "Beside", number: int, make: "Callable[[Context], None]") -> "BackupRun":
    """Wait until a run that was asked for has ended; where nobody else makes it any more, make it here."""
    from homestretch.views.system.backups import run_document

    while True:
        with context.database.read() as reader:
            run = run_document(reader, number)
        if run["state"] not in ("waiting", "running"):
            return run
        if beside:
            time.sleep(LOOK_S)
        else:
            make(context)
