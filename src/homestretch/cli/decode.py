"""`homestretch decode`: the content of a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from homestretch.cli._runtime.say import say_json
from homestretch.errors import BadRequest

if TYPE_CHECKING:
    from homestretch.views.activities.decoded import Looked

File = Annotated[Path, typer.Argument(help="A file, .gz or .zip.", exists=True, dir_okay=False)]
Form = Annotated[Literal["json", "csv"], typer.Option("--format", help="json: an overview; csv: every sample.")]


def COMMAND(file: File, form: Form = "json") -> None:
    """Show a file without importing it. Exits 1 if it can't be read."""
    from homestretch.views.activities.decoded import document, notes, nothing_read, table

    looked = _look_into(file)
    if form == "json":
        say_json(document(looked))
    else:
        for piece in table(looked):
            sys.stdout.write(piece)
        for note in notes(looked):
            print(f"note: {note}", file=sys.stderr)
    raise typer.Exit(1 if nothing_read(looked) else 0)


def _look_into(file: Path) -> "Looked":
    from homestretch import formats
    from homestretch.archive.members import members
    from homestretch.views.activities.decoded import unreadable

    looked = []
    try:
        for member in members(file, file.name, split=formats.portions_of):
            note = member.note or "unreadable"
            found = unreadable(note) if member.data is None else formats.decode(member.data, member.path)
            looked.append((member.path, found))
    except OSError as error:
        raise BadRequest(reason=f"{file} can't be read: {error.strerror}.") from error
    return looked
