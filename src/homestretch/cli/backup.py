"""`homestretch backup`: everything kept, in one file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json

File = Annotated[Path, typer.Argument(help="The file to write, such as homestretch.tar.", dir_okay=False)]
Force = Annotated[bool, typer.Option("--force", help="Overwrite an existing file.")]


def COMMAND(file: File, force: Force = False, json: JsonOption = False) -> None:
    """Back up all data into one tar file. The server can keep running."""
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
