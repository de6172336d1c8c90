"""`homestretch demo`: creates and removes the demo athlete."""

from typing import TYPE_CHECKING, Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, whole
from homestretch.cli._runtime.say import say_json

if TYPE_CHECKING:
    from homestretch.app import App
    from homestretch.cli._runtime.opened import Beside
    from homestretch.store.scope import Scope

PATIENCE_S = 90.0
Seed = Annotated[int, typer.Option(help="A different number creates a different athlete.", min=0, max=2**31)]
Remove = Annotated[bool, typer.Option("--remove", help="Remove the demo athlete and all its data.")]


def COMMAND(seed: Seed = 7, remove: Remove = False, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Create a demo athlete. It has two years of activities, days and nights, gear and segments.

    With --athlete, only import the files, for that athlete.
    """
    from homestretch.demo.load import start, start_demo
    from homestretch.flow.accounts.accounts import athlete_named
    from homestretch.store.scope import Scope

    with whole() as (app, beside):
        if remove:
            _remove(app, beside, athlete, seed)
            return
        if athlete is None:
            scope, batch = start_demo(app.context, None, seed)
        else:
            scope = Scope(athlete_named(app.context, athlete))
            batch = start(app.context, scope, seed)
        _make(app, beside, scope, batch, json=json, own=athlete is None)


def _make(app: "App", beside: "Beside", scope: "Scope", batch: int, *, json: bool, own: bool) -> None:
    from homestretch.cli._runtime.follow import follow
    from homestretch.demo.equip import finish_equipping
    from homestretch.demo.load import make
    from homestretch.flow.derive.decode.decoders import Decoders
    from homestretch.flow.derive.measure.measuring import measure_due
    from homestretch.flow.imports.ingest import ingest

    with follow(app, scope, batch, quiet=json) as progress:
        if not progress.wait(beside):
            with Decoders(app.settings) as decoders:
                make(app.context, batch)
                ingest(app.context, scope.athlete_id, decoders, wait_s=PATIENCE_S)
                finish_equipping(app.context, batch)
                measure_due(app.context, scope.athlete_id, decoders)
        found = progress.look()
    if json:
        say_json(found)
        return
    counts = found["counts"]
    print(f"{counts['imported']} files imported, {counts['duplicate']} already imported.")
    print(f"{found['activities']} activities.")
    if own:
        print(f"List them with: homestretch activities --athlete {scope.athlete_id}")
        print("Remove them with: homestretch demo --remove")
    else:
        print(f"Undo with: homestretch undo {batch}")


def _remove(app: "App", beside: "Beside", athlete: str | None, seed: int) -> None:
    from homestretch.demo.load import demo_scope
    from homestretch.flow.accounts.demo_athletes import remove_demo
    from homestretch.flow.people.deletion import take_away

    scope = demo_scope(app.context, athlete, seed)
    remove_demo(app.context, scope)
    if not beside:
        take_away(app.context, scope.athlete_id)
    print("Demo athlete removed.")
