"""`homestretch verify`: reads every original back, and heals those that are lost."""

from pathlib import Path
from typing import Annotated

import typer

from homestretch.cli._opened import JsonOption, whole
from homestretch.cli._say import say_json

Heal = Annotated[
    Path | None,
    typer.Option("--heal", exists=True, help="A folder (of files, or an archive) or backup to take what is lost from."),
]


def COMMAND(heal: Heal = None, json: JsonOption = False) -> None:
    """Read every original back and check it against its SHA-256."""
    from homestretch.flow.healing import heal as take
    from homestretch.views.verify import verify

    with whole() as (app, _):
        with app.database.read() as reader:
            found = verify(reader, app.world.archive)
        healed = set() if heal is None else take(app.world.archive, {one["digest"] for one in found["lost"]}, heal)
    lost = [one for one in found["lost"] if one["digest"] not in healed]
    if json:
        say_json({**found, "healed": sorted(healed), "lost": lost})
    else:
        print(f"{found['originals']} originals, {found['bytes']} bytes; digest {found['derived_digest'][:16]}…")
        for one in found["lost"]:
            print(f"{'healed' if one['digest'] in healed else one['reason']}: {one['digest']}  {one['path']}")
        if lost:
            print("Import these files again, or give a folder or a backup that has them: homestretch verify --heal DIR")
    raise typer.Exit(1 if lost else 0)
