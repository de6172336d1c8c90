"""`homestretch originals`: the places where originals are kept."""

import sys
from typing import Annotated

import typer

from homestretch.cli._runtime.bar import bar
from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import amount, say_json, say_table

COMMAND = typer.Typer(
    help="See where originals are kept, and move them to an object store or back.", no_args_is_help=True
)
Keep = Annotated[bool, typer.Option("--keep", help="Copy only; leave them where they are too.")]
SERVER = "The server that is running must name the same places in HOMESTRETCH_ORIGINALS, or it misses what was moved."


@COMMAND.command("status")
def status(json: JsonOption = False) -> None:
    """Show how many originals are in each place of HOMESTRETCH_ORIGINALS; new ones go into the first."""
    from homestretch.views.system.verify import place_document

    with whole() as (app, _):
        found = [place_document(place) for place in app.context.archive.places]
    if json:
        say_json(found)
    else:
        rows = [
            (one["place"], one["originals"], None if one["bytes"] is None else f"{one['bytes'] / 1e6:.1f} MB",
             one["fault"] or "ok")
            for one in found
        ]  # fmt: skip
        say_table(("place", "originals", "size", "state"), rows)
    raise typer.Exit(1 if any(one["fault"] for one in found) else 0)


@COMMAND.command("move")
def move(keep: Keep = False, json: JsonOption = False) -> None:
    """Move all originals into the first place of HOMESTRETCH_ORIGINALS. The server can keep running.

    Each is read back before it is removed elsewhere. If the command is stopped, run it again: it does the rest.
    """
    from homestretch.flow.maintenance.originals import move_originals

    with whole() as (app, beside), bar("Moving originals", quiet=json) as progress:
        if beside:
            print(f"homestretch: {SERVER}", file=sys.stderr)
        moved = move_originals(app.context, keep=keep, progress=progress)
        first = app.context.archive.first.name
    if json:
        say_json({"place": first, "originals": moved.originals, "damaged": moved.damaged})
    elif moved.originals or not moved.damaged:
        print(f"{amount(moved.originals, 'original')} {'copied' if keep else 'moved'} to {first}.")
    for digest in moved.damaged:
        print(f"homestretch: original {digest} is damaged and was left. Run `homestretch verify`.", file=sys.stderr)
    raise typer.Exit(1 if moved.damaged else 0)
