"""`homestretch tiles`: explorer tiles."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table


def COMMAND(
    zoom: Annotated[int, typer.Option(help="14 for explorer tiles, 17 for small tiles.")] = 14,
    sport: Annotated[str | None, typer.Option(help="Sport, such as ride.")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show explorer tiles. With max square, max cluster and the activities with new tiles."""
    from homestretch.views.places.tiles import tiles

    first, last = (None if day is None else day.date() for day in (since, until))
    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        found = tiles(reader, scope, zoom, sport, first, last)
    if json:
        say_json(found)
        return
    square = found["square"]["size"] if found["square"] else 0
    print(f"{found['count']} tiles at zoom {zoom}, max square {square} x {square}, max cluster {found['cluster']}")
    say_table(("day", "new tiles", "id"), [(one["day"], one["tiles"], one["activity"]) for one in found["newest"]])
