"""`homestretch curve`: power, pace and heart rate curves."""

from datetime import datetime
from typing import Annotated

import typer

from homestretch.cli._runtime.opened import AthleteOption, JsonOption, opened
from homestretch.cli._runtime.say import duration, say_json, say_table

#: Durations in s that are shown to people.
SHOWN_S = (1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200)


def COMMAND(
    sport: Annotated[str, typer.Option(help="Sport, such as ride or run.")] = "ride",
    kind: Annotated[str, typer.Option(help="power, heart_rate, speed, gap, cadence or vam.")] = "power",
    since: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    activity: Annotated[str | None, typer.Option(help="Id of an activity to compare.")] = None,
    json: JsonOption = False,
    athlete: AthleteOption = None,
) -> None:
    """Show a power, pace or heart rate curve. By default of the last 90 days, with the power model."""
    from homestretch.views.kit.frame import Asked, frame
    from homestretch.views.kit.today import today

    with opened(athlete) as (app, scope, _), app.database.read() as reader:
        asked = Asked(
            today=today(reader, scope, app.context.clock()),
            since=since.date() if since else None,
            until=until.date() if until else None,
            sport=sport,
            kind=kind,
            activity=activity,
        )
        found = frame(reader, scope, "curve", asked)
    if json:
        lines = {
            line["key"]: [
                {"duration_s": s, "value": v, "activity": None if line["links"] is None else line["links"][i]}
                for i, (s, v) in enumerate(zip(found["x"]["values"], line["values"], strict=True))
                if v is not None
            ]
            for line in found["lines"]
        }
        say_json({"kind": kind, "unit": found["lines"][0]["unit"], **lines, "details": found["details"]})
        return
    rows = [
        (duration(float(s)), *(_rounded(line["values"][i]) for line in found["lines"]))
        for i, s in enumerate(found["x"]["values"])
        if s in SHOWN_S
    ]
    say_table(("duration", *(line["label"] for line in found["lines"])), rows)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
