"""`homestretch doctor`: checks the installation."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import JsonOption, whole
from homestretch.cli._runtime.say import say_json, say_table
from homestretch.model.documents.system import Finding

if TYPE_CHECKING:
    from homestretch.app import App

Deep = Annotated[
    bool, typer.Option("--deep", help="Also rebuild a copy and compare it, table by table. Takes a while.")
]


def COMMAND(deep: Deep = False, json: JsonOption = False) -> None:
    """Check the installation and suggest fixes. Changes nothing."""
    from homestretch.flow.runtime.context import now_ms
    from homestretch.flow.runtime.folder_lock import owner_of
    from homestretch.settings import Settings
    from homestretch.views.system.doctor import examine

    settings = Settings()
    found = examine(settings, owner_of(settings.data_dir), now_ms())
    if deep:
        with whole() as (app, _):
            found += _compared(app)
    if json:
        say_json({"checks": found})
    else:
        say_table(("check", "", ""), [(one["check"], one["status"], one["says"]) for one in found])
    raise typer.Exit(1 if any(one["status"] == "fail" for one in found) else 0)


def _compared(app: "App") -> list[Finding]:
    """Return what is not as a rebuild would have it."""
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.maintenance.second_store import rebuilt_beside
    from homestretch.views.system.consistency import examined

    with (
        Decoders(app.settings) as decoders,
        rebuilt_beside(app.context, decoders) as second,
        app.database.snapshot() as there,
        second.database.read() as rebuilt,
    ):
        return examined(there, rebuilt)
