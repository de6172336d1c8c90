"""`homestretch demo`: loads the demo athlete."""

from typing import Annotated

import typer

from homestretch.cli._opened import AthleteOption, JsonOption, opened
from homestretch.cli._say import say_json

PATIENCE_S = 90.0
Seed = Annotated[int, typer.Option(help="Another number makes another athlete.", min=0, max=2**31)]


def COMMAND(seed: Seed = 7, json: JsonOption = False, athlete: AthleteOption = None) -> None:
    """Make two years of an athlete's activities as FIT files and import them; twice adds nothing."""
    from homestretch.cli._follow import follow
    from homestretch.demo.load import make, start
    from homestretch.flow.decoders import Decoders
    from homestretch.flow.ingest import ingest

    with opened(athlete) as (app, scope, beside):
        batch = start(app.world, scope, seed)
        with follow(app, scope, batch, quiet=json) as progress:
            if not progress.wait(beside):
                make(app.world, batch)
                with Decoders(app.settings) as decoders:
                    ingest(app.world, scope.athlete_id, decoders, wait_s=PATIENCE_S)
        found = progress.look()
    if json:
        say_json(found)
        return
    counts = found["counts"]
    print(f"{counts['imported']} files imported, {counts['duplicate']} were there already.")
    print(f"{found['activities']} activities. Undo with: homestretch undo {batch}")
