"""`homestretch verify`: checks the originals and restores lost ones."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import Beside, JsonOption, whole
from homestretch.cli._runtime.say import say_json

if TYPE_CHECKING:
    from homestretch.app import App

MEND = "Run `homestretch rebuild` to rewrite it."
Heal = Annotated[
    Path | None,
    typer.Option("--heal", exists=True, help="Folder, archive or backup to restore lost originals from."),
]


def COMMAND(heal: Heal = None, json: JsonOption = False) -> None:
    """Read every original and check its SHA-256."""
    from homestretch.views.system.verify import verify

    with whole() as (app, beside):
        with app.database.read() as reader:
            found = verify(reader, app.context.archive)
        healed = set() if heal is None else _heal(app, beside, {one["digest"] for one in found["lost"]}, heal)
    lost = [one for one in found["lost"] if one["digest"] not in healed]
    if json:
        say_json({**found, "healed": sorted(healed), "lost": lost})
    else:
        print(f"{found['originals']} originals, {found['bytes']} bytes; digest {found['derived_digest'][:16]}…")
        for one in found["lost"]:
            print(f"{'healed' if one['digest'] in healed else one['reason']}: {one['digest']}  {one['path']}")
        if lost:
            print("Import these files again, or restore them from a folder or backup: homestretch verify --heal DIR")
        if found["unlisted"]:
            print(f"archive/index.tsv is missing {len(found['unlisted'])} originals or lists them wrongly. {MEND}")
    raise typer.Exit(1 if lost or found["unlisted"] else 0)


def _heal(app: "App", beside: Beside, lost: set[str], place: Path) -> set[str]:
    """Take what is lost from a place, derive what could not be derived without it, and return it."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.derive_pending import derive_all
    from homestretch.flow.derive.rederive import OriginalsLost
    from homestretch.flow.maintenance.healing import heal

    healed = heal(app.context, lost, place)
    if healed and not beside:
        with Decoders(app.settings) as decoders, suppress(OriginalsLost):  # those that are named as lost
            derive_all(app.context, decoders)
    return healed
