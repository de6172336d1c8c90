"""`homestretch backup`: everything kept, in one file."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json

File = Annotated[Path, typer.Argument(help="The file to write, such as homestretch.tar.", dir_okay=False)]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]


def COMMAND(file: File, force: Force = False, json: JsonOption = False) -> None:
    """Write what was imported and what you said of it into one tar file, also while the server runs."""
    from homestretch.flow.maintenance.backup import back_up

    with whole() as (app, _), bar("Backing up", quiet=json) as progress:
        made = back_up(app.context, file, force=force, progress=progress)
    size = file.stat().st_size
    if json:
        say_json({"file": str(file), "size": size, "originals": made.originals, "missing": made.missing})
    else:
        print(f"{file} ({size / 1e6:.1f} MB) holds {made.originals} originals and everything said of them.")
    for digest in made.missing:
        print(f"homestretch: the original {digest} is missing or damaged and not in the backup", file=sys.stderr)
    raise typer.Exit(1 if made.missing else 0)
