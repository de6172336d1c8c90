"""`homestretch verify`: reads every original back."""

import typer

from homestretch.cli._opened import JsonOption, whole
from homestretch.cli._say import say_json


def COMMAND(json: JsonOption = False) -> None:
    """Read every original back and check it against its SHA-256."""
    from homestretch.views.verify import verify

    with whole() as (app, _), app.database.read() as reader:
        found = verify(reader, app.world.archive)
    if json:
        say_json(found)
    else:
        print(f"{found['originals']} originals, {found['bytes']} bytes; digest {found['derived_digest'][:16]}…")
        for kind in ("missing", "corrupt"):
            for digest in found[kind]:
                print(f"{kind}: {digest}")
    raise typer.Exit(1 if found["missing"] or found["corrupt"] else 0)
