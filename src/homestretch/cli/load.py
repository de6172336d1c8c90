"""`homestretch load`: fitness, fatigue and form."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import say_json, say_table

#: Days shown where nothing else is asked for.
DAYS = 14


def COMMAND(
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    sport: Annotated[str | None, typer.Option(help="Only this sport, such as ride.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show daily load, fitness, fatigue and form. Also known as TSS, CTL, ATL and TSB."""
    from homestretch.views.kit.frame import Asked, frame
    from homestretch.views.kit.today import today
    from homestretch.views.training.fitness import load_state

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        now = today(reader, scope, app.context.clock())
        asked = Asked(
            today=now, since=since.date() if since else None, until=until.date() if until else None, sport=sport
        )
        found = frame(reader, scope, "fitness", asked)
        state = load_state(reader, scope, now, sport)
    by_key = {line["key"]: line["values"] for line in found["lines"]}
    days = [
        {"day": day, **{key: _rounded(values[i]) for key, values in by_key.items()}}
        for i, day in enumerate(found["x"]["values"])
    ]
    if json:
        say_json({"items": days, "now": {key: _rounded(value) for key, value in state.items()}})
        return
    shown = days if since or until else days[-DAYS:]
    say_table(("day", *by_key), [tuple(day.values()) for day in shown])


def _rounded(value: object) -> object:
    return round(value, 2) if isinstance(value, float) else value
